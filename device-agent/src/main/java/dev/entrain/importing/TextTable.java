package dev.entrain.importing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a table of text line by line and tells exactly where it is wrong. Not thread-safe. */
final class TextTable implements AutoCloseable {
    private static final int LONGEST_LINE = 1 << 16;

    /** What some programs write before a text in UTF-8 (its byte order mark), as it reads in Latin-1. */
    private static final String MARK = "\u00EF\u00BB\u00BF";

    private final Path file;
    private final char separator;
    private final BufferedReader in;
    private final StringBuilder line = new StringBuilder();
    private List<String> names = List.of();
    private List<String> cells = List.of();
    private long lineNumber;

    /**
     * Opens a table.
     *
     * @param file of text
     * @param separator between cells
     * @throws ImportException if it is missing
     */
    TextTable(Path file, char separator) throws IOException {
        this.file = file;
        this.separator = separator;
        if (!Files.isRegularFile(file)) {
            throw new ImportException(file + ": missing; download the dataset again and unpack all of it");
        }
        // Numbers are ASCII; a name in any other encoding must not stop the reading of them, and Latin-1 never fails.
        in = Files.newBufferedReader(file, Charset.forName("ISO-8859-1"));
    }

    /** Reads the next line and splits it, or returns null at the end of the file. */
    @Nullable
    List<String> line() throws IOException {
        String text = readLine();
        if (text == null) {
            return null;
        }
        return split(lineNumber == 1 && text.startsWith(MARK) ? text.substring(MARK.length()) : text);
    }

    /** Reads lines until one holds these cells first, and takes it as the names of the columns. */
    void headerStarting(String... first) throws IOException {
        List<String> wanted = List.of(first);
        for (List<String> row = line(); row != null; row = line()) {
            if (row.size() >= wanted.size() && row.subList(0, wanted.size()).equals(wanted)) {
                names = row;
                return;
            }
        }
        throw new ImportException(file + ": no line of columns starting \""
                + String.join(String.valueOf(separator), first) + "\"; is this the file the dataset describes?");
    }

    /** Names the columns. */
    void header(List<String> columns) {
        names = columns;
    }

    /**
     * Reads the next row that is not empty.
     *
     * @return false at the end of the file
     * @throws ImportException if it has not as many cells as there are columns
     */
    boolean next() throws IOException {
        for (List<String> row = line(); row != null; row = line()) {
            if (row.size() == 1 && row.getFirst().isEmpty()) {
                continue;
            }
            cells = row;
            if (cells.size() != names.size()) {
                throw wrong(names.size() + " cells, found " + cells.size()
                        + "; the file may be cut or damaged: download it again");
            }
            return true;
        }
        return false;
    }

    /** Returns where a column is, or throws if there is none of this name. */
    int column(String name) throws ImportException {
        int index = names.indexOf(name);
        if (index < 0) {
            throw wrong("a column \"" + name + "\"; is this the file the dataset describes?");
        }
        return index;
    }

    /** Returns where columns are. */
    int[] columns(String... wanted) throws ImportException {
        int[] indices = new int[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            indices[i] = column(wanted[i]);
        }
        return indices;
    }

    /** Returns the row's text in a column. */
    String text(int column) {
        return cells.get(column);
    }

    /** Returns the row's number in a column, NaN where the cell is empty or says so. */
    double number(int column) throws ImportException {
        String text = cells.get(column);
        if (text.isEmpty() || text.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw wrong("a number under \"" + names.get(column) + "\", found \"" + text
                    + "\"; the file may be damaged: download it again");
        }
    }

    /** Returns the row's whole number in a column. */
    long whole(int column) throws ImportException {
        double value = number(column);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw wrong("a whole number under \"" + names.get(column) + "\", found \"" + text(column)
                    + "\"; the file may be damaged: download it again");
        }
        return (long) value;
    }

    /**
     * Reads three numbers into our unit.
     *
     * @param unit what one unit of the file is in ours
     * @return false if any is missing: the reading was lost
     */
    boolean vector(int[] columns, double unit, double[] out) throws ImportException {
        boolean complete = true;
        for (int axis = 0; axis < 3; axis++) {
            out[axis] = number(columns[axis]) * unit;
            complete &= !Double.isNaN(out[axis]);
        }
        return complete;
    }

    /** Makes an error about the current line. */
    ImportException wrong(String expected) {
        return new ImportException(file + ":" + lineNumber + ": expected " + expected);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private @Nullable String readLine() throws IOException {
        line.setLength(0);
        lineNumber++;
        for (int length = 0; length < LONGEST_LINE; length++) {
            int c = in.read();
            if (c < 0 && length == 0) {
                return null;
            }
            if (c < 0 || c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        throw wrong("lines of text, found one longer than " + LONGEST_LINE
                + " characters; is this the file the dataset describes?");
    }

    private List<String> split(String text) {
        List<String> row = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == separator) {
                row.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        return row;
    }
}
