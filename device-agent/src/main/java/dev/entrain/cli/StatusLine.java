package dev.entrain.cli;

import dev.entrain.agent.LiveAgent;
import dev.entrain.agent.LiveStatus;
import dev.entrain.agent.WearWatch;
import dev.entrain.health.Counter;
import dev.entrain.sample.Foot;
import java.util.Locale;

/** The demo's live line: cadence, phase of each foot, last cue, asynchrony. "L?" and "R?": swapped? */
final class StatusLine {
    /** Keeps the line within 79 columns, or a narrow terminal would scroll. */
    private static final int BAR = 5;

    /** A probability above which L and R are shown in doubt. */
    private final LiveAgent agent;

    StatusLine(LiveAgent agent) {
        this.agent = agent;
    }

    String text() {
        LiveStatus status = agent.status();
        String side = status.swapped() > WearWatch.SWAPPED ? "?" : " ";
        return String.format(
                Locale.ROOT,
                "%s/min  L%s%s  R%s%s  cue %s/min %s  asyn %s ms  %d",
                number(status.cadenceSpm(), "%3.0f"),
                side,
                bar(status.phase(Foot.LEFT)),
                side,
                bar(status.phase(Foot.RIGHT)),
                number(status.cueTempoSpm(), "%3.0f"),
                status.cueId() == 0
                        ? "      "
                        : String.format("%c#%-4d", status.cueFoot().letter(), status.cueId()),
                number(status.asynchronyMs(), "%+4.0f"),
                agent.counters().get(Counter.STEPS));
    }

    private static String number(double value, String format) {
        return Double.isNaN(value) ? " - " : String.format(Locale.ROOT, format, value);
    }

    private static String bar(double phase) {
        if (Double.isNaN(phase)) {
            return "[" + " ".repeat(BAR) + "]  - ";
        }
        int filled = Math.clamp((int) (phase * BAR), 0, BAR - 1) + 1;
        return String.format(Locale.ROOT, "[%s%s]%.2f", "#".repeat(filled), " ".repeat(BAR - filled), phase);
    }
}
