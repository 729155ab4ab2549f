package dev.entrain.journal;

import dev.entrain.sample.Foot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The fields of one row of a table, read with errors that say where they are. */
final class RowFields {
    private final Path file;
    private final int line;
    private final String[] names;
    private final String[] values;

    /**
     * Splits a row.
     *
     * @param line its number in the file, from 1
     * @throws SessionException if it has another number of fields than the header
     */
    RowFields(Path file, int line, String header, String row) throws SessionException {
        this.file = file;
        this.line = line;
        names = header.split(",", -1);
        values = fields(row);
        if (values.length != names.length) {
            throw new SessionException(at() + ": expected " + names.length + " fields (" + header + "), found "
                    + values.length + "; " + advice());
        }
    }

    /** Returns what a person can do about a damaged line. */
    static String advice() {
        return "correct or remove this line, or bring the file back from a copy";
    }

    /** Splits at commas outside quotes; a doubled quote within quotes is one. */
    private static String[] fields(String row) {
        if (row.indexOf('"') < 0) {
            return row.split(",", -1);
        }
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < row.length(); i++) {
            char c = row.charAt(i);
            if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else if (c != '"') {
                field.append(c);
            } else if (quoted && i + 1 < row.length() && row.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else {
                quoted = !quoted;
            }
        }
        fields.add(field.toString());
        return fields.toArray(String[]::new);
    }

    boolean empty(int field) {
        return values[field].isEmpty();
    }

    /** Returns a number; NaN where the field is empty. */
    double number(int field) throws SessionException {
        return empty(field) ? Double.NaN : time(field);
    }

    /** Returns a number that must be there. */
    double time(int field) throws SessionException {
        try {
            double value = Double.parseDouble(values[field]);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is none.
        }
        throw wrong(field, "a number");
    }

    long whole(int field) throws SessionException {
        try {
            return Long.parseLong(values[field]);
        } catch (NumberFormatException e) {
            throw wrong(field, "a whole number");
        }
    }

    String text(int field) {
        return values[field];
    }

    String hash(int field) throws SessionException {
        if (!values[field].matches("[0-9a-f]{16}")) {
            throw wrong(field, "16 hexadecimal digits");
        }
        return values[field];
    }

    boolean truth(int field) throws SessionException {
        return switch (values[field]) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(field, "true or false");
        };
    }

    Foot foot(int field) throws SessionException {
        return switch (values[field]) {
            case "L" -> Foot.LEFT;
            case "R" -> Foot.RIGHT;
            default -> throw wrong(field, "L or R");
        };
    }

    <E extends Enum<E>> E word(int field, Class<E> type) throws SessionException {
        for (E value : type.getEnumConstants()) {
            if (SessionRows.word(value).equals(values[field])) {
                return value;
            }
        }
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(SessionRows::word).toList();
        throw wrong(field, "one of " + String.join(", ", words));
    }

    private String at() {
        return String.format(Locale.ROOT, "%s:%d", file, line);
    }

    private SessionException wrong(int field, String expected) {
        return new SessionException(
                at() + ": " + names[field] + " is '" + values[field] + "', expected " + expected + "; " + advice());
    }
}
