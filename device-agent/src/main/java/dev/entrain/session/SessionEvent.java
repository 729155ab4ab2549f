package dev.entrain.session;

import org.jspecify.annotations.Nullable;

/** Something that happened to a session. A mutable view that the engine reuses. */
public final class SessionEvent {
    /** What happened. */
    public enum Kind {
        /** The session began, or goes on after a restart of the unit. */
        STARTED,
        /** A block began, or goes on after a pause: what is between PAUSED and RESUMED belongs to no block. */
        BLOCK_STARTED,
        /** A block is over, or interrupted by the pause that follows. */
        BLOCK_ENDED,
        /** The cues' target tempo is another: {@link #targetSpm}, {@link #levelPct}. */
        LEVEL,
        /** The walker found the beat. */
        LOCKED,
        /** The walker lost the beat. */
        UNLOCKED,
        /** Silence until the patient starts again. */
        PAUSED,
        /** The patient goes on. */
        RESUMED,
        /** A safety rule acted: {@link #rule}. */
        RULE,
        /** The session is over: {@link #end}. */
        ENDED
    }

    /** How a session ended. */
    public enum End {
        /** All blocks were walked. */
        COMPLETED,
        /** The patient ended it. */
        PATIENT,
        /** A safety rule ended it. */
        RULE,
        /** It was paused, or the unit was off, for too long. */
        ABANDONED,
        /** The baseline walk had too few steady strides to know C0 by. */
        NO_BASELINE,
        /** A walk without a programme was over. */
        PLAIN
    }

    /** What happened. */
    public Kind kind = Kind.STARTED;

    /** When, ns. */
    public long timeNs;

    /** The block it happened in, from 0; -1 before the first. */
    public int blockIndex;

    /** The block's kind; null before the first. */
    public Block.@Nullable Kind block;

    /** Target tempo of the cues, beats a minute; NaN where there is none. */
    public double targetSpm;

    /** Target tempo against C0, %; NaN where there is none. */
    public double levelPct;

    /** C0, steps/min; NaN while it is not known. */
    public double baselineSpm;

    /** The rule of a RULE, or of an END by one; null otherwise. */
    public @Nullable SafetyRule rule;

    /** How an ENDED session ended; null otherwise. */
    public @Nullable End end;
}
