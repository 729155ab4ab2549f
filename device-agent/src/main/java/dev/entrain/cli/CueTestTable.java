package dev.entrain.cli;

import dev.entrain.cuetest.CueTestResult;
import dev.entrain.cuetest.CueTestResult.Spread;
import dev.entrain.cuetest.LoopbackResult;
import dev.entrain.cuetest.RunConditions;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows a cue test to a person within 80 columns: figures, pictures, a verdict. */
final class CueTestTable {
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
        line(out, "cues", "%d planned, %d played, %d late", result.planned(), result.played(), result.late());
        line(out, "stream", "%d off their frame, worst %d frames", result.offFrame(), result.worstFrames());
        line(out, "onset", "%s off its moment, by the card", figures(result.onsets()));
        line(
                out,
                "breaks",
                "%d underruns, %d re-anchors, %d re-openings",
                result.underruns(),
                result.reanchors(),
                result.reopened());
        line(
                out,
                "clock",
                "%+.1f ppm; reports off the model by p50 %s, max %s",
                result.ratePpm(),
                HistogramPicture.size(result.residuals().p50Ns()),
                HistogramPicture.size(result.residuals().maxNs()));
        line(out, "stalls", "%s after the card was ready", figures(result.stalls()));
        conditions(out, result.conditions());
        if (result.skipped() > 0) {
            line(out, "skipped", "%d beats this test itself planned too late", result.skipped());
        }
        HistogramPicture.print(out, "Onset error, cues", result.onsets());
        HistogramPicture.print(out, "Wake-up stall, periods", result.stalls());
        LoopbackResult loopback = result.loopback();
        if (loopback != null) {
            LoopbackTable.print(out, loopback, result.offsetMs());
        }
        out.println(verdict());
    }

    private void conditions(PrintWriter out, RunConditions conditions) {
        line(
                out,
                "machine",
                "%s at most late with a tick of 1 ms, %d of %d over 5 ms",
                HistogramPicture.size(conditions.machine().maxNs()),
                over(conditions.machine(), 5_000_000L),
                conditions.machine().count());
        line(
                out,
                "process",
                "kept from running %s at most, %d collections of %d ms",
                HistogramPicture.size(conditions.process().maxNs()),
                conditions.collections(),
                conditions.collectionMs());
        String bytes = Double.isNaN(result.bytesPerCycle())
                ? ""
                : String.format(Locale.ROOT, "; %.2f bytes made per period", result.bytesPerCycle());
        line(
                out,
                "memory",
                "%.1f MB resident, %.1f MB at most%s",
                conditions.residentKb() / 1024.0,
                conditions.residentPeakKb() / 1024.0,
                bytes);
    }

    private String verdict() {
        if (!result.kept()) {
            return "NOT every cue sounded as planned.";
        }
        return result.machineUnderruns() == 0
                ? "Every cue sounded on its frame."
                : String.format(
                        Locale.ROOT,
                        "Every cue sounded on its frame but %d, lost as the machine itself stood still longer%n"
                                + "than the card's buffer lasts (%d times).",
                        result.machineLate(),
                        result.machineUnderruns());
    }

    private static long over(Spread spread, long ns) {
        return spread.classes().stream()
                .filter(step -> step.upperNs() > ns)
                .mapToLong(Spread.Step::count)
                .sum();
    }

    @SuppressWarnings("AnnotateFormatMethod") // The annotation lies in a library that is no dependency of ours.
    private static void line(PrintWriter out, String name, String format, Object... values) {
        out.printf(Locale.ROOT, "  %-8s %s%n", name, String.format(Locale.ROOT, format, values));
    }

    private static String figures(Spread spread) {
        return "p50 " + HistogramPicture.size(spread.p50Ns()) + ", p99 " + HistogramPicture.size(spread.p99Ns())
                + ", max " + HistogramPicture.size(spread.maxNs());
    }
}
