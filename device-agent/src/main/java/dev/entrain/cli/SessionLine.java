package dev.entrain.cli;

import dev.entrain.agent.LiveStatus;
import dev.entrain.agent.SessionStatus;
import dev.entrain.cue.Prompt;
import dev.entrain.session.Block;
import dev.entrain.session.Programme;
import dev.entrain.session.SessionEngine;
import java.util.Locale;

/** A session in one line: block, time left in it, cadence against the beat, locked or not, level. */
final class SessionLine {
    /** A narrow terminal would scroll. */
    private static final int COLUMNS = 79;

    private static final double S_PER_MIN = 60;

    private final LiveStatus status;
    private final Programme programme;

    SessionLine(LiveStatus status, Programme programme) {
        this.status = status;
        this.programme = programme;
    }

    /** Returns the line, as long as it may be, so that nothing of the one before stays on the terminal. */
    String text() {
        String line = line();
        return line.length() >= COLUMNS ? line.substring(0, COLUMNS) : line + " ".repeat(COLUMNS - line.length());
    }

    private String line() {
        SessionStatus session = status.session();
        SessionEngine.Mode mode = session.mode();
        Block.Kind block = session.block();
        if (mode == null || mode == SessionEngine.Mode.WAITING) {
            return "ready: the button begins" + cadence();
        }
        if (mode == SessionEngine.Mode.ENDED || block == null) {
            return "ended";
        }
        String place = String.format(
                Locale.ROOT,
                "%s %d/%d ",
                word(block),
                session.blockIndex() + 1,
                programme.blocks().size());
        if (mode == SessionEngine.Mode.PAUSED) {
            return place + "paused: the button goes on" + cadence();
        }
        long left = (long) Math.ceil(session.blockLeftS());
        return place
                + String.format(Locale.ROOT, "%d:%02d left", (long) (left / S_PER_MIN), (long) (left % S_PER_MIN))
                + cadence()
                + beat(session);
    }

    private String cadence() {
        return Double.isNaN(status.cadenceSpm())
                ? "  not walking"
                : String.format(Locale.ROOT, "  %.0f/min", status.cadenceSpm());
    }

    private String beat(SessionStatus session) {
        if (Double.isNaN(session.targetSpm())) {
            return "  no beat";
        }
        String level =
                Double.isNaN(session.levelPct()) ? "" : String.format(Locale.ROOT, " (%+.0f %%)", session.levelPct());
        String now = Double.isNaN(status.cueTempoSpm())
                ? "silent"
                : String.format(Locale.ROOT, "%.0f", status.cueTempoSpm());
        return String.format(Locale.ROOT, "  beat %s of %.0f/min", now, session.targetSpm())
                + level
                + (session.locked() ? "  locked" : "  not locked");
    }

    /** Returns words for a person. */
    static String word(Block.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Returns words for a person. */
    static String word(Prompt prompt) {
        return prompt.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
