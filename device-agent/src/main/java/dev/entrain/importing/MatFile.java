package dev.entrain.importing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads the real, numeric, two-dimensional matrices of a MATLAB file of level 5 ("MAT-File Format", MathWorks, chapter
 * 1), compressed or not. Whatever else is in it is passed over.
 */
final class MatFile {
    private static final long LARGEST_BYTES = 64 << 20;

    /** All variables of a file together, unpacked, and all numbers kept of them. */
    private static final long MOST_UNPACKED_BYTES = 256L << 20;

    private static final int HEADER_BYTES = 128;
    private static final int MI_MATRIX = 14;
    private static final int MI_COMPRESSED = 15;

    private final Path file;
    private final long mostUnpackedBytes;
    private long unpackedBytes;
    private long keptBytes;
    private final Map<String, Matrix> matrices = new HashMap<>();

    /** A matrix, its columns one after the other. */
    static final class Matrix {
        private final int rows;
        private final double[] values;

        Matrix(int rows, double[] values) {
            this.rows = rows;
            this.values = values;
        }

        int rows() {
            return rows;
        }

        int columns() {
            return rows == 0 ? 0 : values.length / rows;
        }

        double at(int row, int column) {
            return values[column * rows + row];
        }

        /** Returns the numbers of a row or column vector. */
        double[] vector() {
            return values;
        }
    }

    /** One data element: its type, and its bytes in a buffer of their own. */
    private record Element(int type, ByteBuffer data) {}

    /**
     * Reads a file.
     *
     * @throws ImportException if it is missing, too large, cut or not of level 5
     */
    MatFile(Path file) throws IOException {
        this(file, MOST_UNPACKED_BYTES);
    }

    MatFile(Path file, long mostUnpackedBytes) throws IOException {
        this.file = file;
        this.mostUnpackedBytes = mostUnpackedBytes;
        if (!Files.isRegularFile(file)) {
            throw new ImportException(file + ": missing; download the dataset again");
        }
        if (Files.size(file) > LARGEST_BYTES || Files.size(file) < HEADER_BYTES) {
            throw damaged();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        boolean little = bytes.get(126) == 'I' && bytes.get(127) == 'M';
        boolean big = bytes.get(126) == 'M' && bytes.get(127) == 'I';
        if (!little && !big) {
            throw damaged();
        }
        bytes.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        try {
            while (bytes.position(Math.max(HEADER_BYTES, bytes.position())).remaining() >= 8) {
                Element element = next(bytes);
                if (element.type() == MI_COMPRESSED) {
                    element = next(inflate(element.data()));
                }
                if (element.type() == MI_MATRIX) {
                    readMatrix(element.data());
                }
            }
        } catch (IllegalArgumentException | ArithmeticException | BufferUnderflowException | DataFormatException e) {
            throw damaged();
        }
    }

    /** Returns a matrix by name. */
    Matrix matrix(String name) throws ImportException {
        Matrix matrix = matrices.get(name);
        if (matrix == null) {
            throw new ImportException(
                    file + ": expected a matrix \"" + name + "\"; is this the file the dataset describes?");
        }
        return matrix;
    }

    private static Element next(ByteBuffer bytes) {
        int tag = bytes.getInt();
        int size = tag >>> 16;
        if (size != 0) {
            // A small element: type and size share four bytes, the data has the next four.
            ByteBuffer data = slice(bytes, size);
            bytes.position(bytes.position() + 4 - size);
            return new Element(tag & 0xFFFF, data);
        }
        size = bytes.getInt();
        ByteBuffer data = slice(bytes, size);
        int padding = tag == MI_COMPRESSED ? 0 : -size & 7;
        bytes.position(Math.min(bytes.limit(), bytes.position() + padding));
        return new Element(tag, data);
    }

    private static ByteBuffer slice(ByteBuffer bytes, int size) {
        if (size < 0 || size > bytes.remaining()) {
            throw new IllegalArgumentException("element beyond the end");
        }
        ByteBuffer data = bytes.slice(bytes.position(), size).order(bytes.order());
        bytes.position(bytes.position() + size);
        return data;
    }

    private ByteBuffer inflate(ByteBuffer data) throws DataFormatException, ImportException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] chunk = new byte[1 << 16];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(data);
            for (int count = inflater.inflate(chunk); count > 0; count = inflater.inflate(chunk)) {
                out.write(chunk, 0, count);
                unpackedBytes = bounded(unpackedBytes + count);
                if (out.size() > LARGEST_BYTES) {
                    throw new DataFormatException("too large");
                }
            }
        }
        return ByteBuffer.wrap(out.toByteArray()).order(data.order());
    }

    private void readMatrix(ByteBuffer data) throws ImportException {
        int mxClass = next(data).data().getInt() & 0xFF;
        ByteBuffer dimensions = next(data).data();
        String name = StandardCharsets.US_ASCII.decode(next(data).data()).toString();
        // Classes 6 to 15 are the numeric ones; cells, structures, texts and sparse matrices stand below.
        if (mxClass < 6 || mxClass > 15 || dimensions.remaining() != 8) {
            return;
        }
        int rows = dimensions.getInt();
        int columns = dimensions.getInt();
        Element real = next(data);
        long count = Math.multiplyExact((long) rows, columns);
        // What the file says of its size is believed only as far as its data goes.
        if (rows < 0 || columns < 0 || (count > 0 && count > real.data().remaining() / bytesOf(real.type()))) {
            throw new IllegalArgumentException("matrix beyond its data");
        }
        keptBytes = bounded(keptBytes + count * Double.BYTES);
        double[] values = new double[Math.toIntExact(count)];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(real);
        }
        matrices.put(name, new Matrix(rows, values));
    }

    private long bounded(long bytes) throws ImportException {
        if (bytes > mostUnpackedBytes) {
            throw new ImportException(file + ": expected at most " + (mostUnpackedBytes >> 20)
                    + " MB of numbers once unpacked, found more; is this the file the dataset describes?");
        }
        return bytes;
    }

    private static int bytesOf(int type) {
        return switch (type) {
            case 1, 2 -> 1;
            case 3, 4 -> 2;
            case 5, 6, 7 -> 4;
            case 9, 12, 13 -> 8;
            default -> throw new IllegalArgumentException("no numeric type");
        };
    }

    private static double number(Element element) {
        ByteBuffer data = element.data();
        return switch (element.type()) {
            case 1 -> data.get();
            case 2 -> data.get() & 0xFF;
            case 3 -> data.getShort();
            case 4 -> data.getShort() & 0xFFFF;
            case 5 -> data.getInt();
            case 6 -> data.getInt() & 0xFFFFFFFFL;
            case 7 -> data.getFloat();
            case 9 -> data.getDouble();
            case 12, 13 -> data.getLong();
            default -> throw new IllegalArgumentException("no numeric type");
        };
    }

    private ImportException damaged() {
        return new ImportException(file
                + ": expected a MATLAB file of level 5 up to 64 MB; the file may be cut or damaged: download it again");
    }
}
