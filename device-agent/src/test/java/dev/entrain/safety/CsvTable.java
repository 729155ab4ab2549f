package dev.entrain.safety;

import java.util.ArrayList;
import java.util.List;

/** A CSV file (RFC 4180) that people write: rows with their line numbers. */
final class CsvTable {
    /**
     * A row.
     *
     * @param line where it begins, from 1
     * @param cells its values
     */
    record Row(int line, List<String> cells) {}

    private CsvTable() {}

    /** Returns all rows but empty lines, the heading too. */
    static List<Row> read(String text) {
        List<Row> rows = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        int line = 1;
        int began = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
            }
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                cells.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    if (cells.size() > 1 || !cells.getFirst().isEmpty()) {
                        rows.add(new Row(began, List.copyOf(cells)));
                    }
                    cells.clear();
                    began = line;
                }
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        if (!cells.isEmpty() || cell.length() > 0) {
            cells.add(cell.toString());
            rows.add(new Row(began, List.copyOf(cells)));
        }
        return rows;
    }
}
