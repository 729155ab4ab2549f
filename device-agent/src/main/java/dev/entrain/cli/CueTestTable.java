package dev.entrain.cli;

import dev.entrain.cuetest.CueTestResult;
import dev.entrain.cuetest.CueTestResult.Spread;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows a cue test to a person: figures, then two histograms. */
final class CueTestTable {
    private static final int BAR = 50;

    private final CueTestResult result;

    CueTestTable(CueTestResult result) {
        this.result = result;
    }

    void print(PrintWriter out) {
        if (!result.opened()) {
            out.println("Nothing was played: " + result.output() + " Then run cue-test again (--device NAME).");
            return;
        }
        out.println("Played on " + result.output());
        Locale root = Locale.ROOT;
        line(
                out,
                "cues",
                String.format(
                        root, "%d planned, %d played, %d late", result.planned(), result.played(), result.late()));
        line(
                out,
                "stream",
                String.format(root, "%d off their frame, worst %d frames", result.offFrame(), result.worstFrames()));
        line(out, "onset", figures(result.onsets()) + " off its moment, by the card");
        line(out, "stalls", figures(result.stalls()) + " later than the card was ready");
        line(
                out,
                "breaks",
                String.format(
                        root,
                        "%d underruns, %d re-anchors, %d re-openings",
                        result.underruns(),
                        result.reanchors(),
                        result.reopened()));
        line(out, "card", String.format(root, "%+.1f ppm against this machine's clock", result.ratePpm()));
        if (!Double.isNaN(result.bytesPerCycle())) {
            line(out, "memory", String.format(root, "%.2f bytes allocated per period", result.bytesPerCycle()));
        }
        if (result.skipped() > 0) {
            line(out, "skipped", result.skipped() + " beats this test itself planned too late");
        }
        histogram(out, "Onset error, cues", result.onsets());
        histogram(out, "Wake-up stall, periods", result.stalls());
        out.println(result.kept() ? "Every cue sounded on its frame." : "NOT every cue sounded as planned.");
    }

    private static void line(PrintWriter out, String name, String text) {
        out.printf(Locale.ROOT, "  %-8s %s%n", name, text);
    }

    private static String figures(Spread spread) {
        return "p50 " + size(spread.p50Ns()) + ", p99 " + size(spread.p99Ns()) + ", max " + size(spread.maxNs());
    }

    private static void histogram(PrintWriter out, String title, Spread spread) {
        long most =
                spread.classes().stream().mapToLong(Spread.Step::count).max().orElse(0);
        out.println(title + " (" + spread.count() + ")");
        for (Spread.Step each : spread.classes()) {
            int filled = (int) Math.max(1, each.count() * BAR / most);
            out.printf(Locale.ROOT, "  up to %8s %7d %s%n", size(each.upperNs()), each.count(), "#".repeat(filled));
        }
    }

    private static String size(long ns) {
        return ns < 1_000_000
                ? String.format(Locale.ROOT, "%.1f us", ns * 1e-3)
                : String.format(Locale.ROOT, "%.1f ms", ns * 1e-6);
    }
}
