package dev.entrain.cli;

import dev.entrain.agent.LiveAgent;
import dev.entrain.agent.LiveStatus;
import dev.entrain.agent.WearWatch;
import dev.entrain.audio.AudioStatistics;
import dev.entrain.health.Counter;
import dev.entrain.sample.Foot;
import dev.entrain.time.NanoClock;
import java.util.Locale;

/**
 * The demo's live line: cadence, phase of each foot, last cue, asynchrony; while there is no sound, for how long. "L?" and
 * "R?": swapped?
 */
final class StatusLine {
    /** Keeps the line within 79 columns, or a narrow terminal would scroll. */
    private static final int BAR = 5;

    private static final long NS_PER_S = 1_000_000_000L;

    private final LiveAgent agent;
    private final NanoClock clock;

    StatusLine(LiveAgent agent, NanoClock clock) {
        this.agent = agent;
        this.clock = clock;
    }

    String text() {
        LiveStatus status = agent.status();
        String side = status.swapped() > WearWatch.SWAPPED ? "?" : " ";
        return String.format(
                Locale.ROOT,
                "%s/min  L%s%s  R%s%s  %s",
                number(status.cadenceSpm(), "%3.0f"),
                side,
                bar(status.phase(Foot.LEFT)),
                side,
                bar(status.phase(Foot.RIGHT)),
                agent.audio().state() == AudioStatistics.State.WAITING ? silence() : cue(status));
    }

    private String cue(LiveStatus status) {
        return String.format(
                Locale.ROOT,
                "cue %s/min %s  asyn %s ms  %d",
                number(status.cueTempoSpm(), "%3.0f"),
                status.cueId() == 0
                        ? "      "
                        : String.format("%c#%-4d", status.cueFoot().letter(), status.cueId()),
                number(status.asynchronyMs(), "%+4.0f"),
                agent.counters().get(Counter.STEPS));
    }

    /** As long as what it stands for, so that nothing of that stays on the terminal. */
    private String silence() {
        long seconds = (clock.nowNs() - agent.audio().stateSinceNs()) / NS_PER_S;
        return String.format(Locale.ROOT, "%-37s", "NO SOUND for " + seconds + " s, reason above");
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
