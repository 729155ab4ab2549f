package dev.entrain.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One frame that both languages must agree on.
 *
 * @param name of the vector
 * @param fromHost sender is the host
 * @param encodes an encoder of this version writes exactly these bytes
 * @param says the message in words, PASSED_OVER or DROPPED
 * @param hex all bytes on the line as text
 */
record GoldenVector(String name, boolean fromHost, boolean encodes, String says, String hex) {
    static final Path FILE = Path.of("src/test/resources/vectors/version-1.txt");

    static List<GoldenVector> all() {
        List<GoldenVector> vectors = new ArrayList<>();
        Pattern pattern = Pattern.compile("name: (.*)\nfrom: (.*)\nhow: (.*)\nsays: (.*)\nhex: (.*)\n");
        Matcher m = pattern.matcher(text(FILE));
        while (m.find()) {
            vectors.add(new GoldenVector(
                    m.group(1), m.group(2).equals("host"), m.group(3).equals("both"), m.group(4), m.group(5)));
        }
        return vectors;
    }

    static List<GoldenVector> accepted() {
        return all().stream().filter(v -> !v.says().equals("DROPPED")).toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file.toAbsolutePath(), e);
        }
    }

    byte[] wire() {
        return HexFormat.ofDelimiter(" ").parseHex(hex);
    }

    /** The first word: which message it is. */
    String type() {
        return says.split(" ", 2)[0];
    }

    /** The text of a field. */
    String field(String key) {
        Matcher m = Pattern.compile(" " + key + "=(" + (key.equals("firmware") ? ".*" : "\\S*") + ")")
                .matcher(says);
        if (!m.find()) {
            throw new IllegalArgumentException(name + " has no field " + key);
        }
        return m.group(1);
    }

    long number(String key) {
        return Long.parseLong(field(key));
    }

    int token() {
        return Integer.parseUnsignedInt(field("token"));
    }

    /** Rows of a batch: six raw motion values and the pressure cells. */
    int[][] rows() {
        String[] rows = field("samples").split(";", -1);
        int[][] values = new int[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            String[] cells = rows[i].split(",", -1);
            values[i] = new int[cells.length];
            for (int c = 0; c < cells.length; c++) {
                values[i][c] = Integer.parseInt(cells[c]);
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return name;
    }
}
