package dev.entrain.remote;

import org.jspecify.annotations.Nullable;

/** What a command may do to a unit. Used by one thread; the unit decides on another, in its own time. */
public interface UnitControl {
    /** What can be asked. */
    enum Ask {
        /** Say which unit it is, if nothing else sounds. */
        IDENTIFY,
        /** Begin the session, if one waits to begin and the walker wears the unit. */
        START,
        /** Silence whatever sounds. */
        STOP
    }

    /** What came of it. */
    enum Verdict {
        /** Done. */
        DONE,
        /** There is no programme to start. */
        NO_PROGRAMME("no_programme", "the unit has no programme; prescribe one, the walker's steps begin the cues"),
        /** No reading of a configured sensor within a second. */
        NOT_WORN("not_worn", "the insoles give no readings; put them on and switch them on"),
        /** A session goes on, or cues sound, or the walker walks. */
        BUSY("busy", "a session goes on, cues sound or somebody walks; ask again later"),
        /** A session is paused. */
        PAUSED("paused", "the session is paused; only the patient goes on with it, at the button"),
        /** The session ended and the next is not ready. */
        OVER("session_over", "the session has just ended; ask again in half a minute"),
        /** Something was stopped within 2 s. */
        JUST_STOPPED("just_stopped", "something was stopped less than 2 s ago; ask again");

        private final String code;
        private final String reason;

        Verdict() {
            this("", "");
        }

        Verdict(String code, String reason) {
            this.code = code;
            this.reason = reason;
        }

        /** Returns why not; null if it was done. */
        public @Nullable Refusal refusal() {
            return code.isEmpty() ? null : new Refusal(code, reason);
        }
    }

    /** Asks; what was asked before and is not decided is forgotten. */
    void ask(Ask ask);

    /** Returns what came of it; null while it is not decided. */
    @Nullable
    Verdict verdict();

    /** Takes back what was asked. Returns whether it had not been decided, so that it never happens. */
    boolean takeBack();
}
