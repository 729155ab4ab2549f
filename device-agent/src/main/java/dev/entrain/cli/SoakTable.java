package dev.entrain.cli;

import dev.entrain.health.TimingCounts;
import dev.entrain.soak.SoakFigures;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Shows the phases of a soak side by side. */
final class SoakTable {
    private final List<SoakFigures> phases;

    SoakTable(List<SoakFigures> phases) {
        this.phases = phases;
    }

    void print(PrintWriter out) {
        row(out, "", SoakFigures::name);
        row(out, "seconds", phase -> String.format(Locale.ROOT, "%.0f", phase.seconds()));
        row(out, "cues planned", phase -> Long.toString(phase.planned()));
        row(out, "cues played", phase -> Long.toString(phase.played()));
        row(out, "cues late", phase -> Long.toString(phase.late()));
        row(out, "worst placement, frames", phase -> Integer.toString(phase.worstFrames()));
        row(out, "onset error p50, us", phase -> us(phase.onsets().quantileNs(0.5)));
        row(out, "onset error p99, us", phase -> us(phase.onsets().quantileNs(0.99)));
        row(out, "onset error max, us", phase -> us(phase.onsets().maxNs()));
        row(out, "underruns", phase -> Long.toString(phase.underruns()));
        row(out, "wake-up stall p50, ms", phase -> quantileMs(phase.stalls(), 0.5));
        row(out, "wake-up stall p99, ms", phase -> quantileMs(phase.stalls(), 0.99));
        row(out, "wake-up stall max, ms", phase -> ms(phase.stalls().maxNs()));
        row(out, "host stall max, ms", phase -> ms(phase.hostStallNs()));
        row(out, "bytes per audio cycle", phase -> String.format(Locale.ROOT, "%.2f", phase.bytesPerCycle()));
        row(out, "resident max, MB", phase -> String.format(Locale.ROOT, "%.1f", phase.residentKb() / 1024.0));
    }

    private void row(PrintWriter out, String name, Function<SoakFigures, String> figure) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-24s", name));
        for (SoakFigures phase : phases) {
            line.append(String.format(Locale.ROOT, " %12s", figure.apply(phase)));
        }
        out.println(line);
    }

    private static String quantileMs(TimingCounts counts, double share) {
        return ms(counts.quantileNs(share));
    }

    private static String us(long ns) {
        return String.format(Locale.ROOT, "%.1f", ns * 1e-3);
    }

    private static String ms(long ns) {
        return String.format(Locale.ROOT, "%.2f", ns * 1e-6);
    }
}
