package dev.entrain.cli;

import dev.entrain.cuetest.peer.HeardTiming;
import dev.entrain.cuetest.peer.PeerResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows what was heard of each participant, ours first, with ratios to ours. */
final class PeerTable {
    private static final String ROW = "  %-32s %9s %9s %9s %9s %7s %7s %9s  %s%n";

    private final List<PeerResult> results;
    private final String ear;

    PeerTable(List<PeerResult> results, String ear) {
        this.results = results;
        this.ear = ear;
    }

    void print(PrintWriter out) {
        out.println("Heard from outside, " + ear + ".");
        out.println(
                "Distance of each beat from its moment; the constant delay is removed and told as the last figure.");
        out.printf(ROW, "", "heard", "p50", "p99", "max", "p99 x", "max x", "delay", "");
        HeardTiming ours = results.isEmpty() ? null : results.getFirst().timing();
        for (PeerResult each : results) {
            HeardTiming timing = each.timing();
            if (timing == null) {
                out.printf(Locale.ROOT, "  %-32s not measured: %s%n", each.title(), each.missing());
            } else if (timing.heard() == 0) {
                out.printf(
                        Locale.ROOT,
                        "  %-32s %9s nothing was heard%n",
                        each.title(),
                        timing.heard() + "/" + timing.planned());
            } else {
                row(out, each, timing, ours);
            }
        }
    }

    private static void row(PrintWriter out, PeerResult result, HeardTiming timing, @Nullable HeardTiming ours) {
        out.printf(
                Locale.ROOT,
                ROW,
                result.title(),
                timing.heard() + "/" + timing.planned(),
                size(timing.p50Ns()),
                size(timing.p99Ns()),
                size(timing.maxNs()),
                ratio(timing.p99Ns(), ours == null ? 0 : ours.p99Ns()),
                ratio(timing.maxNs(), ours == null ? 0 : ours.maxNs()),
                Double.isNaN(timing.medianNs()) ? "-" : size(timing.medianNs()),
                result.conditions() + (timing.extra() > 0 ? ", " + timing.extra() + " sounds too many" : ""));
    }

    private static String ratio(double ns, double oursNs) {
        if (!(oursNs > 0)) {
            return "-";
        }
        double ratio = ns / oursNs;
        return String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.0f", ratio);
    }

    private static String size(double ns) {
        return Math.abs(ns) < 999_950
                ? String.format(Locale.ROOT, "%.1f us", ns * 1e-3)
                : String.format(Locale.ROOT, "%.2f ms", ns * 1e-6);
    }
}
