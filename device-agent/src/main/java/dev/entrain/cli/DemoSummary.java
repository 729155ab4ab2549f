package dev.entrain.cli;

import dev.entrain.agent.LiveAgent;
import dev.entrain.health.Counter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** What flowed through the machine during a demo. */
final class DemoSummary {
    private static final double FRAME_US = 1e6 / 48_000;

    private final LiveAgent agent;
    private final Path wav;

    /**
     * Sums up an agent that was closed.
     *
     * @param wav where sound went if there was no card
     */
    DemoSummary(LiveAgent agent, Path wav) {
        this.agent = agent;
        this.wav = wav;
    }

    /** Returns whether samples, steps, cues and messages all flowed to the end. */
    boolean allFlowed() {
        return !agent.failed()
                && count(Counter.SAMPLES) > 0
                && count(Counter.STEPS) > 0
                && count(Counter.CUES_PLAYED) > 0
                && count(Counter.MESSAGES) > 0;
    }

    void print(PrintWriter out) {
        row(out, "samples", count(Counter.SAMPLES), count(Counter.SAMPLES_LOST) + " lost");
        row(out, "steps", count(Counter.STEPS), count(Counter.SENSOR_GAPS) + " sensor gaps");
        row(out, "cues played", count(Counter.CUES_PLAYED), count(Counter.CUES_LATE) + " late");
        int frames = agent.audio().worstErrorFrames();
        row(out, "worst cue placement", frames, String.format(Locale.ROOT, "frames = %.1f us", frames * FRAME_US));
        row(out, "underruns", count(Counter.UNDERRUNS), agent.audio().description());
        row(out, "messages", count(Counter.MESSAGES), count(Counter.MESSAGES_REFUSED) + " refused");
        if (!agent.soundCard()) {
            out.println("There is no sound card here; the sound was written to " + wav);
        }
        out.println(allFlowed() ? "Everything flowed." : "NOT everything flowed: see the counts above and the log.");
        out.flush();
    }

    private static void row(PrintWriter out, String name, long value, String more) {
        out.printf(Locale.ROOT, "  %-20s %8d  (%s)%n", name, value, more);
    }

    private long count(Counter counter) {
        return agent.counters().get(counter);
    }
}
