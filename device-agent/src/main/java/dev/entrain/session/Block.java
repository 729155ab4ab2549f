package dev.entrain.session;

import dev.entrain.cue.CueConfig;

/** One part of a programme. Durations are of walking and standing alike, s, 10 to 3600. */
public sealed interface Block {
    /** Returns what kind of part this is. */
    Kind kind();

    /** Returns its longest duration, s. */
    double durationS();

    /** The kinds of part there are; files and telemetry spell them in lower case. */
    enum Kind {
        /** Uncued comfortable walk; gives the baseline cadence C0. */
        BASELINE(false),
        /** Cues at C0, until locked. */
        MATCH(true),
        /** Tempo in small steps away from C0, back when lock is lost. */
        PROGRESS(true),
        /** Stops and starts, turns, shifted beats. */
        EXERCISE(true),
        /** Fewer and fewer beats sound. */
        FADE(true),
        /** Cues without a task. */
        FREE(true),
        /** Uncued walk at the end: what is left of it. */
        RETENTION(false),
        /** Standing or sitting; no cues. */
        REST(false);

        private final boolean cued;

        Kind(boolean cued) {
            this.cued = cued;
        }

        /** Returns whether cues belong to it. */
        public boolean cued() {
            return cued;
        }
    }

    /**
     * Baseline; lasts longer, up to twice its duration, until there are enough strides.
     *
     * @param minStrides strides of both feet together that C0 needs, 10 to 500
     */
    record Baseline(double durationS, int minStrides) implements Block {
        @Override
        public Kind kind() {
            return Kind.BASELINE;
        }
    }

    /**
     * Match: cues at C0 (changed by the programme's start offset).
     *
     * @param minS shortest duration, s, 10 to its longest
     * @param lockedShare share of the last 60 s that must be locked to go on early, 0 to 1
     * @param cue the policy; its tempo is set by the engine
     */
    record Match(double durationS, double minS, double lockedShare, CueConfig cue) implements Block {
        @Override
        public Kind kind() {
            return Kind.MATCH;
        }
    }

    /**
     * Progress.
     *
     * @param stepS locked for so long, the next step is taken, s, 10 to 600
     * @param cue the policy; its tempo is set by the engine
     */
    record Progress(double durationS, double stepS, CueConfig cue) implements Block {
        @Override
        public Kind kind() {
            return Kind.PROGRESS;
        }
    }

    /**
     * Exercise at the level reached.
     *
     * @param walkS walking between two tasks, s, 10 to 600
     * @param standS standing at each "stop", s, 0 to 120; 0 for no stops
     * @param turns whether the patient is asked to turn
     * @param shiftPct beats are moved by this share of a period, as a ramp within the tempo's limits, %,
     *     0 to 25; 0 for none
     * @param cue the policy; its tempo is set by the engine
     */
    record Exercise(double durationS, double walkS, double standS, boolean turns, double shiftPct, CueConfig cue)
            implements Block {
        @Override
        public Kind kind() {
            return Kind.EXERCISE;
        }
    }

    /** Fade: 100, 50, 25, 0 % of beats, each for a quarter of the duration, at the level reached. */
    record Fade(double durationS, CueConfig cue) implements Block {
        @Override
        public Kind kind() {
            return Kind.FADE;
        }
    }

    /** Free cueing. */
    record Free(double durationS, CueConfig cue) implements Block {
        @Override
        public Kind kind() {
            return Kind.FREE;
        }
    }

    /** Retention. */
    record Retention(double durationS) implements Block {
        @Override
        public Kind kind() {
            return Kind.RETENTION;
        }
    }

    /** Rest. */
    record Rest(double durationS) implements Block {
        @Override
        public Kind kind() {
            return Kind.REST;
        }
    }
}
