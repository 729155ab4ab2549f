package dev.entrain.validation.beat;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of an evaluation: each kind of music and all, ours and the peer's side by side. */
final class BeatTable {
    /** Below this a piece is listed. */
    private static final double LEAST_CMLT = 0.9;

    private final List<PieceScore> rows;

    BeatTable(List<PieceScore> rows) {
        this.rows = rows;
    }

    /** Means of a part. */
    double mean(String part, Function<PieceScore, Double> figure) {
        return mean(rows.stream().filter(row -> row.part().equals(part)).toList(), figure);
    }

    private static double mean(Collection<PieceScore> rows, Function<PieceScore, Double> figure) {
        return rows.stream()
                .map(figure)
                .filter(value -> !value.isNaN())
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    String text() {
        Map<String, List<PieceScore>> parts = grouped(rows, PieceScore::part);
        StringBuilder text = new StringBuilder();
        parts.forEach((part, ofPart) -> {
            text.append(String.format(
                    Locale.ROOT,
                    "%n| %s | n | F | CMLc | CMLt | AMLt | median error, 95 %%, SD, bias (ms) | downbeat F | peer: F | CMLc | CMLt"
                            + " | AMLt | median error, 95 %%, SD, bias (ms) |%n"
                            + "|---|---|---|---|---|---|---|---|---|---|---|---|---|%n",
                    part));
            grouped(ofPart, PieceScore::kind).forEach((kind, ofKind) -> text.append(line(kind, ofKind)));
            text.append(line("all", ofPart));
        });
        double cpuS = rows.stream().mapToDouble(PieceScore::cpuS).sum();
        double lengthS = rows.stream().mapToDouble(PieceScore::lengthS).sum();
        text.append(String.format(
                Locale.ROOT,
                "%n%.2f s of processor time per minute of music, decoding included%n",
                cpuS / lengthS * 60));
        return text.toString();
    }

    private static Map<String, List<PieceScore>> grouped(List<PieceScore> rows, Function<PieceScore, String> by) {
        return rows.stream().collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
    }

    private static String line(String name, List<PieceScore> rows) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %.2f | %s |%n",
                name,
                rows.size(),
                figures(rows, PieceScore::ours),
                mean(rows, PieceScore::downF),
                figures(rows, PieceScore::peer));
    }

    private static String figures(List<PieceScore> rows, Function<PieceScore, BeatScore> whose) {
        double[] errors = rows.stream()
                .flatMapToDouble(row -> Arrays.stream(whose.apply(row).errorsS()))
                .toArray();
        return String.format(
                Locale.ROOT,
                "%.3f | %.3f | %.3f | %.3f | %s",
                mean(rows, row -> whose.apply(row).f()),
                mean(rows, row -> whose.apply(row).cmlc()),
                mean(rows, row -> whose.apply(row).cmlt()),
                mean(rows, row -> whose.apply(row).amlt()),
                spread(errors));
    }

    private static String spread(double[] errorsS) {
        if (errorsS.length == 0) {
            return "-";
        }
        double[] size = Arrays.stream(errorsS).map(Math::abs).sorted().toArray();
        double[] signed = errorsS.clone();
        Arrays.sort(signed);
        double mean = Arrays.stream(signed).average().orElse(0);
        double square = Arrays.stream(signed)
                .map(e -> (e - mean) * (e - mean))
                .average()
                .orElse(0);
        return String.format(
                Locale.ROOT,
                "%.1f, %.1f, %.1f, %+.1f",
                1000 * size[size.length / 2],
                1000 * size[(int) (0.95 * (size.length - 1))],
                1000 * Math.sqrt(square),
                1000 * signed[signed.length / 2]);
    }

    /** The pieces whose beats were not found at their own level, one a line. */
    String misses() {
        StringBuilder text = new StringBuilder();
        for (PieceScore row : rows) {
            if (row.ours().cmlt() < LEAST_CMLT) {
                text.append(String.format(
                        Locale.ROOT,
                        "%s/%s: F %.2f CMLt %.2f AMLt %.2f, %.1f per minute where %.1f is right, clarity %.2f%n",
                        row.part(),
                        row.name(),
                        row.ours().f(),
                        row.ours().cmlt(),
                        row.ours().amlt(),
                        row.grid().bpm(),
                        row.knownBpm(),
                        row.grid().clarity()));
            }
        }
        return text.toString();
    }
}
