package dev.entrain.validation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of comma-separated rows with a column line, row by row, so that memory does not grow with the file. Columns
 * may stand in any order and others may stand between them. Not thread-safe.
 */
final class CsvTable implements AutoCloseable {
    private static final int LONGEST_LINE = 4096;

    private final Path file;
    private final BufferedReader in;
    private final StringBuilder line = new StringBuilder();
    private final List<String> fields = new ArrayList<>();
    private final List<String> columns;
    private int[] places = {};
    private int lineNumber;

    private CsvTable(Path file, BufferedReader in) throws IOException {
        this.file = file;
        this.in = in;
        // A byte order mark of UTF-8, as spreadsheets write it, is no part of the first name.
        columns = readLine() ? split(line.toString().replace("\u00ef\u00bb\u00bf", "")) : List.of();
    }

    /**
     * Opens a table, or returns null where the file is missing.
     *
     * @throws IOException if the disk fails
     */
    static @Nullable CsvTable open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        // Every byte is a character here, so that a damaged file is told by its line and not by its bytes.
        BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
        try {
            return new CsvTable(file, in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** True for a file without even a column line. */
    boolean isEmpty() {
        return columns.isEmpty();
    }

    /** Returns the first of these columns that the file lacks, or null if it has them all. */
    @Nullable
    String missing(String... names) {
        for (String name : names) {
            if (!columns.contains(name)) {
                return name;
            }
        }
        return null;
    }

    /** Decides what {@link #text} and {@link #number} mean by column 0, 1, ...; a column the file lacks reads as NaN. */
    CsvTable select(String... names) {
        places = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            places[i] = columns.indexOf(names[i]);
        }
        return this;
    }

    /**
     * Goes to the next row.
     *
     * @return false at the end
     * @throws ValidationException if the row has more or fewer fields than the column line
     */
    boolean next() throws IOException {
        while (readLine()) {
            if (line.isEmpty()) {
                continue;
            }
            fields.clear();
            fields.addAll(split(line.toString()));
            if (fields.size() != columns.size()) {
                throw damaged("expected " + columns.size() + " fields");
            }
            return true;
        }
        return false;
    }

    String text(int column) {
        return places[column] < 0 ? "" : fields.get(places[column]);
    }

    /** Returns a number; NaN where the field is empty or says so. */
    double number(int column) throws ValidationException {
        String text = text(column);
        if (text.isEmpty() || text.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw damaged("expected a number, not \"" + abbreviate(text) + "\"");
        }
    }

    /** Returns a number that must be there. */
    double finite(int column) throws ValidationException {
        double value = number(column);
        if (!Double.isFinite(value)) {
            throw damaged("expected a number in column " + columns.get(places[column]));
        }
        return value;
    }

    /** An error about the present row. */
    ValidationException damaged(String expected) {
        return new ValidationException(file + ":" + lineNumber + ": " + expected + ", found \""
                + abbreviate(line.toString()) + "\"; correct or remove this line");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static String abbreviate(String text) {
        String printable = text.replaceAll("[^ -~]", "?");
        return printable.length() <= 60 ? printable : printable.substring(0, 60) + "...";
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', from)) {
            parts.add(text.substring(from, comma).strip());
            from = comma + 1;
        }
        parts.add(text.substring(from).strip());
        return parts;
    }

    /** Fills {@link #line}; false at the end. Unlike the library's, it has a bound. */
    private boolean readLine() throws IOException {
        line.setLength(0);
        int c = in.read();
        if (c < 0) {
            return false;
        }
        lineNumber++;
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() == LONGEST_LINE) {
                throw new ValidationException(file + ":" + lineNumber + ": no table: a line of over " + LONGEST_LINE
                        + " characters starting \"" + abbreviate(line.substring(0, 60)) + "\"; copy the file again");
            }
            line.append((char) c);
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return true;
    }
}
