package dev.entrain.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatFileTest {
    private static final int NUMERIC = 6;
    private static final int CHARACTERS = 4;

    @TempDir
    Path dir;

    private Path file(byte[]... elements) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[126]);
        out.write('I');
        out.write('M');
        for (byte[] element : elements) {
            out.write(element);
        }
        return Files.write(dir.resolve("walk.mat"), out.toByteArray());
    }

    /** A matrix "m" that says it has this many rows and columns, and its data as bytes. */
    private static byte[] matrix(int mxClass, int rows, int columns, int dataBytes) {
        int size = 48 + (dataBytes + 7) / 8 * 8;
        ByteBuffer matrix = ByteBuffer.allocate(8 + size).order(ByteOrder.LITTLE_ENDIAN);
        matrix.putInt(14).putInt(size);
        matrix.putInt(6).putInt(8).putInt(mxClass).putInt(0);
        matrix.putInt(5).putInt(8).putInt(rows).putInt(columns);
        matrix.putInt(1 << 16 | 1).put("m".getBytes(StandardCharsets.US_ASCII)).position(48);
        matrix.putInt(2).putInt(dataBytes);
        return matrix.array();
    }

    private static byte[] packed(byte[] element) {
        byte[] out = new byte[element.length + 100];
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(element);
            deflater.finish();
            int length = deflater.deflate(out, 8, out.length - 8);
            ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN).putInt(15).putInt(length);
            return Arrays.copyOf(out, 8 + length);
        }
    }

    @Test
    void shouldReadMatricesUpToTheBound() throws IOException {
        byte[] matrix = matrix(NUMERIC, 1000, 50, 50_000);
        MatFile read = new MatFile(file(packed(matrix), packed(matrix)), 1 << 20);
        assertThat(read.matrix("m").columns()).isEqualTo(50);
    }

    @Test
    void shouldRefuseAMatrixLargerThanItsData() throws IOException {
        Path file = file(matrix(NUMERIC, 40_000, 50_000, 16));
        assertThatThrownBy(() -> new MatFile(file))
                .isInstanceOf(ImportException.class)
                .hasMessageContainingAll("walk.mat", "damaged", "download it again");
    }

    @Test
    void shouldRefuseNegativeSizes() throws IOException {
        Path file = file(matrix(NUMERIC, -2, -4, 8));
        assertThatThrownBy(() -> new MatFile(file))
                .isInstanceOf(ImportException.class)
                .hasMessageContainingAll("walk.mat", "damaged", "download it again");
    }

    @Test
    void shouldBoundTheSumOfWhatIsKept() throws IOException {
        byte[] matrix = matrix(NUMERIC, 1000, 50, 50_000);
        Path file = file(matrix, matrix, matrix);
        assertThatThrownBy(() -> new MatFile(file, 1 << 20))
                .isInstanceOf(ImportException.class)
                .hasMessageContainingAll("walk.mat", "at most 1 MB", "is this the file");
    }

    @Test
    void shouldBoundTheSumOfWhatIsUnpackedAndPassedOver() throws IOException {
        byte[] texts = packed(matrix(CHARACTERS, 1000, 400, 400_000));
        Path file = file(texts, texts, texts);
        assertThatThrownBy(() -> new MatFile(file, 1 << 20))
                .isInstanceOf(ImportException.class)
                .hasMessageContainingAll("walk.mat", "at most 1 MB", "is this the file");
    }
}
