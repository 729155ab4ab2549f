package dev.entrain.validation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes scores as text: a table for people, lines for comparison, JSON for programs. Same figures in each. */
public final class ScoreText {
    private static final int NAME_WIDTH = 48;

    /** Column heads, upper and lower line. */
    private static final Map<String, String[]> HEADS = Map.ofEntries(
            Map.entry("n", new String[] {"n", ""}),
            Map.entry("f1", new String[] {"F1", ""}),
            Map.entry("recall", new String[] {"recall", ""}),
            Map.entry("precision", new String[] {"precis.", ""}),
            Map.entry("bias_ms", new String[] {"bias", "ms"}),
            Map.entry("sd_ms", new String[] {"SD", "ms"}),
            Map.entry("mae_ms", new String[] {"MAE", "ms"}),
            Map.entry("p95_ms", new String[] {"95 %", "ms"}),
            Map.entry("delay_ms", new String[] {"delay", "ms"}),
            Map.entry("uturn_f1", new String[] {"F1 in", "turns"}),
            Map.entry("answered", new String[] {"answered", ""}),
            Map.entry("within50", new String[] {"within", "50 ms"}),
            Map.entry("rmse_pct", new String[] {"RMSE", "%"}),
            Map.entry("p95_pct", new String[] {"95 %", "%"}),
            Map.entry("worst", new String[] {"F1 of", "worst"}),
            Map.entry("episodes_hit", new String[] {"episodes", "found"}),
            Map.entry("sensitivity", new String[] {"sensi-", "tivity"}),
            Map.entry("specificity", new String[] {"speci-", "ficity"}),
            Map.entry("false_alarms_per_min", new String[] {"false", "/min"}),
            Map.entry("latency_s", new String[] {"latency", "s"}),
            Map.entry("bias_cm", new String[] {"bias", "cm"}),
            Map.entry("sd_cm", new String[] {"SD", "cm"}),
            Map.entry("mae_cm", new String[] {"MAE", "cm"}),
            Map.entry("inside", new String[] {"inside", "80 %"}),
            Map.entry("half_width_ms", new String[] {"+- of", "it, ms"}),
            Map.entry("p95_half_width_ms", new String[] {"95 % of", "+-, ms"}),
            Map.entry("worst_ms", new String[] {"worst", "ms"}),
            Map.entry("in_time", new String[] {"in", "time"}),
            Map.entry("stated", new String[] {"mean", "stated"}),
            Map.entry("found", new String[] {"found", ""}),
            Map.entry("n_sure", new String[] {"n over", "0.9"}),
            Map.entry("found_sure", new String[] {"found", ""}),
            Map.entry("found_unsure", new String[] {"found", "of rest"}),
            Map.entry("per_min", new String[] {"/min", ""}));

    private ScoreText() {}

    /**
     * Returns lines of {@code NAME figure=value  figure=value}.
     *
     * @param block figures by line name
     */
    public static String plain(Map<String, Figures> block) {
        StringBuilder text = new StringBuilder();
        block.forEach((name, figures) -> text.append(name)
                .repeat(' ', Math.max(NAME_WIDTH - name.length(), 0))
                .append(' ')
                .append(figures.line())
                .append('\n'));
        return text.toString();
    }

    /** Returns a data set's figures as tables of at most 80 columns, one for each kind of line. */
    public static String table(DatasetScore score) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s: %d recording%s, %.1f min%n",
                score.name(),
                score.recordings(),
                score.recordings() == 1 ? "" : "s",
                score.lengthS() / 60));
        append(text, score.name(), score.table());
        if (!score.more().isEmpty()) {
            text.append("  beyond these:\n");
            append(text, score.name(), score.more());
        }
        return text.toString();
    }

    /** Lines of one kind stand under one head. */
    private static void append(StringBuilder text, String dataset, Map<String, Figures> block) {
        Map<String, Map<String, Figures>> kinds = new LinkedHashMap<>();
        block.forEach((name, figures) -> kinds.computeIfAbsent(figures.kind(), kind -> new LinkedHashMap<>())
                .put(name.substring(dataset.length() + 1), figures));
        kinds.values().forEach(lines -> append(text, lines));
    }

    private static void append(StringBuilder text, Map<String, Figures> lines) {
        Set<String> columns = new LinkedHashSet<>();
        lines.values().forEach(figures -> columns.addAll(figures.values().keySet()));
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[columns.size() + 1]);
        rows.add(new String[columns.size() + 1]);
        for (int i = 0; i < lines.size(); i++) {
            rows.add(new String[columns.size() + 1]);
        }
        fill(rows, 0, "", "", List.copyOf(lines.keySet()));
        int column = 1;
        for (String name : columns) {
            String[] head = HEADS.getOrDefault(name, new String[] {name, ""});
            boolean one = head[1].isEmpty();
            List<String> cells =
                    lines.values().stream().map(figures -> cell(figures, name)).toList();
            fill(rows, column++, one ? "" : head[0], one ? head[0] : head[1], cells);
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < row.length; i++) {
                int width = width(rows, i);
                int missing = width - row[i].length();
                line.append(i == 0 ? row[i] : "").repeat(' ', missing + (i == 0 ? 0 : 2));
                line.append(i == 0 ? "" : row[i]);
            }
            String stripped = line.toString().stripTrailing();
            text.append(stripped).append(stripped.isEmpty() ? "" : "\n");
        }
    }

    private static void fill(List<String[]> rows, int column, String first, String second, List<String> cells) {
        rows.get(0)[column] = first;
        rows.get(1)[column] = second;
        for (int i = 0; i < cells.size(); i++) {
            rows.get(i + 2)[column] = cells.get(i);
        }
    }

    private static int width(List<String[]> rows, int column) {
        return rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
    }

    private static String cell(Figures figures, String name) {
        if (figures.values().get(name) instanceof double[] list) {
            StringBuilder text = new StringBuilder();
            for (double value : list) {
                text.append(text.isEmpty() ? "" : " ").append(Figures.fixed(value));
            }
            return text.toString();
        }
        String text = figures.text(name);
        return text.equals("None") ? "-" : text;
    }

    /**
     * Writes figures in full precision as a JSON object of objects; a figure that does not exist is null.
     *
     * @throws IOException if the file can't be written
     */
    public static void writeJson(Path file, Map<String, Figures> blocks) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        blocks.forEach((line, figures) -> {
            ObjectNode node = root.putObject(line);
            figures.values().forEach((name, value) -> put(node, name, value));
        });
        Files.writeString(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    private static void put(ObjectNode node, String name, @Nullable Object value) {
        switch (value) {
            case null -> node.putNull(name);
            case Long number -> node.put(name, number);
            case Double number -> {
                // JSON has no spelling for what is no number.
                if (Double.isFinite(number)) {
                    node.put(name, number);
                } else {
                    node.putNull(name);
                }
            }
            case int[] list -> {
                ArrayNode array = node.putArray(name);
                for (int number : list) {
                    array.add(number);
                }
            }
            case double[] list -> {
                ArrayNode array = node.putArray(name);
                for (double number : list) {
                    array.add(number);
                }
            }
            default -> node.putNull(name);
        }
    }
}
