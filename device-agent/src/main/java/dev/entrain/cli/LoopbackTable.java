package dev.entrain.cli;

import dev.entrain.cuetest.LoopbackResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Shows what a recording of the beats said. */
final class LoopbackTable {
    private static final int NAMED = 10;

    private LoopbackTable() {}

    static void print(PrintWriter out, LoopbackResult result, double appliedMs) {
        out.println("Recorded from " + result.input());
        if (!result.measured()) {
            out.println("  no offset: " + result.refusal());
            return;
        }
        Locale root = Locale.ROOT;
        out.printf(
                root,
                "  heard    %d of %d beats, likeness %.2f%s%n",
                result.heard(),
                result.searched(),
                result.likeness(),
                result.turned() ? ", polarity turned" : "");
        numbers(out, "missing", result.missing());
        numbers(out, "doubtful", result.doubtful());
        out.printf(
                root,
                "  offset   %+.3f ms from the planned moment, spread %.3f ms%n",
                result.offsetNs() * 1e-6,
                result.spreadNs() * 1e-6);
        if (appliedMs != 0) {
            out.printf(
                    root,
                    "           an output offset of %.3f ms was subtracted: %.3f ms in all%n",
                    appliedMs,
                    appliedMs + result.offsetNs() * 1e-6);
        }
        out.printf(
                root,
                "  around   p50 %.3f ms, p99 %.3f ms, max %.3f ms off that offset%n",
                result.p50Ns() * 1e-6,
                result.p99Ns() * 1e-6,
                result.maxNs() * 1e-6);
        out.printf(root, "  drift    %+.1f us per minute%n", result.driftNsPerMinute() * 1e-3);
        out.printf(root, "  input    %+.1f ppm, %d overruns of the recording%n", result.inputPpm(), result.overruns());
        out.println("  What input and output themselves do not report (converters, the way through");
        out.println("  the air: 3 ms a metre) is in the offset and cannot be told apart.");
    }

    private static void numbers(PrintWriter out, String name, List<Long> numbers) {
        if (!numbers.isEmpty()) {
            String more = numbers.size() > NAMED ? " ..." : "";
            String named = numbers.stream().limit(NAMED).map(n -> " #" + n).reduce("", String::concat);
            out.printf(Locale.ROOT, "  %-8s %d beats:%s%s%n", name, numbers.size(), named, more);
        }
    }
}
