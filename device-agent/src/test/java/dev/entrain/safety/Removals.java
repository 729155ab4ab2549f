package dev.entrain.safety;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** deploy/safety/removals.csv: how each safety rule is taken out of the sources, and the test that then must fail. */
final class Removals {
    static final List<String> COLUMNS = List.of("rule", "file", "fragment", "replacement", "test");

    /**
     * A removal.
     *
     * @param rule the safety rule
     * @param file source file, from the checkout's root
     * @param fragment what enforces the rule; exactly once in the file
     * @param replacement what stands there instead
     * @param test {@link TestReference}
     */
    record Removal(String rule, Path file, String fragment, String replacement, String test) {
        /** Returns how often the fragment is in the file. */
        int occurrences(Path root) throws IOException {
            return Files.readString(root.resolve(file)).split(java.util.regex.Pattern.quote(fragment), -1).length - 1;
        }
    }

    private Removals() {}

    static List<Removal> read(Path root) throws IOException {
        List<CsvTable.Row> rows = CsvTable.read(Files.readString(root.resolve("deploy/safety/removals.csv")));
        if (!rows.getFirst().cells().equals(COLUMNS)) {
            throw new IOException("removals.csv: the columns are " + String.join(",", COLUMNS));
        }
        return rows.stream()
                .skip(1)
                .map(CsvTable.Row::cells)
                .map(c -> new Removal(c.get(0), Path.of(c.get(1)), c.get(2), c.get(3), c.get(4)))
                .toList();
    }
}
