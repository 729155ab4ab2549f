package dev.entrain.config;

import java.util.List;

/**
 * A key of a programme file that holds a number: the one place where its name, range, unit and default are written, for the
 * reader, the writer and what both say.
 *
 * @param name of the key
 * @param low least value
 * @param high greatest value
 * @param unit of the value
 * @param otherwise value where the key is not written; NaN if it must be
 * @param meaning for the clinician
 */
record ProgrammeKey(String name, double low, double high, String unit, double otherwise, String meaning) {
    private static final double MUST = Double.NaN;

    static final ProgrammeKey SESSION =
            new ProgrammeKey("session_minutes", 1, 120, "min", MUST, "longest session, pauses included");
    static final ProgrammeKey WEEK =
            new ProgrammeKey("sessions_per_week", 1, 14, "a week", MUST, "prescribed; adherence is counted against it");

    static final ProgrammeKey START =
            new ProgrammeKey("start_pct", -20, 10, "%", MUST, "first tempo of the beats against the baseline cadence");
    static final ProgrammeKey STEP =
            new ProgrammeKey("step_pct", 0, 5, "%", MUST, "one step of progress, up when locked, down when not");
    static final ProgrammeKey CEILING =
            new ProgrammeKey("ceiling_pct", -20, 10, "%", MUST, "greatest tempo against the baseline cadence");
    static final ProgrammeKey MIN_CADENCE = new ProgrammeKey(
            "min_cadence_spm",
            0,
            120,
            "steps/min",
            0,
            "no progress while the baseline cadence is below; 0 for no bound");
    static final ProgrammeKey MIN_SPEED = new ProgrammeKey(
            "min_speed_mps", 0, 2, "m/s", 0, "no progress while the baseline's speed is below; 0 for no bound");

    static final ProgrammeKey FREEZE_TEMPO = new ProgrammeKey(
            "tempo_pct", -30, 0, "%", -10, "tempo of the answer against the walker's before the freeze");
    static final ProgrammeKey FREEZE_BEATS =
            new ProgrammeKey("beats", 8, 40, "beats", 8, "fewest beats of one answer to a freeze");

    static final ProgrammeKey MINUTES = new ProgrammeKey("minutes", 0.2, 60, "min", MUST, "longest duration");
    static final ProgrammeKey SECONDS = new ProgrammeKey("seconds", 10, 3600, "s", MUST, "longest duration");
    static final ProgrammeKey MIN_STRIDES = new ProgrammeKey(
            "min_strides", 10, 500, "strides", 30, "of both feet together; it lasts up to twice as long to get them");
    static final ProgrammeKey MIN_SECONDS =
            new ProgrammeKey("min_seconds", 10, 3600, "s", 120, "shortest duration before it may end early");
    static final ProgrammeKey LOCKED_SHARE =
            new ProgrammeKey("locked_share", 0, 1, "share", 0.7, "of the last 60 s that must be locked to go on early");
    static final ProgrammeKey STEP_SECONDS =
            new ProgrammeKey("step_seconds", 10, 600, "s", 60, "locked for so long, the next step of tempo is taken");
    static final ProgrammeKey WALK_SECONDS =
            new ProgrammeKey("walk_seconds", 10, 600, "s", 30, "walking between two tasks");
    static final ProgrammeKey STAND_SECONDS =
            new ProgrammeKey("stand_seconds", 0, 120, "s", 0, "standing at each \"Stop\"; 0 for no stops");
    static final ProgrammeKey SHIFT = new ProgrammeKey(
            "shift_pct", 0, 25, "% of a period", 0, "beats are moved by it, slowly as tempo may change; 0 for none");

    static final ProgrammeKey PHASE = new ProgrammeKey(
            "phase_correction", 0, 1, "share", 0.25, "adaptive: share of each asynchrony the next beat takes up");
    static final ProgrammeKey PERIOD = new ProgrammeKey(
            "period_correction",
            0,
            0.25,
            "share",
            0.25,
            "adaptive: share of the step time's change the tempo takes up");
    static final ProgrammeKey AHEAD =
            new ProgrammeKey("ahead_pct", -5, 5, "%", 3, "oscillator: how much faster than the walker it wants to be");
    static final ProgrammeKey COUPLING = new ProgrammeKey(
            "coupling", 0, 0.05, "share", 0.05, "oscillator: how strongly the steps pull it, of its own frequency");
    static final ProgrammeKey LEAD = new ProgrammeKey(
            "lead_ms",
            -100,
            100,
            "ms",
            0,
            "how much earlier than usual for this walker the beat is; ahead raises cadence");
    static final ProgrammeKey FRACTAL_EXPONENT =
            new ProgrammeKey("fractal_exponent", 0, 1.5, "exponent", 1, "fractal: spectrum 1/f^x of the intervals");
    static final ProgrammeKey FRACTAL_CV =
            new ProgrammeKey("fractal_cv_pct", 0, 5, "%", 2, "fractal: variation of the intervals (SD over mean)");
    static final ProgrammeKey SEED = new ProgrammeKey(
            "seed", 0, Integer.MAX_VALUE, "number", 1, "of what is random; the same gives the same beats");

    /** The keys of a block's cue, in the order of {@link dev.entrain.cue.CueConfig}. */
    static final List<ProgrammeKey> CUE =
            List.of(PHASE, PERIOD, AHEAD, COUPLING, LEAD, FRACTAL_EXPONENT, FRACTAL_CV, SEED);

    /** Returns the value in a table. */
    double in(ConfigTable table) throws ConfigException {
        return Double.isNaN(otherwise)
                ? table.number(name, low, high, unit)
                : table.number(name, low, high, unit, otherwise);
    }

    /** Returns the value in a table, without a fraction. */
    int wholeIn(ConfigTable table) throws ConfigException {
        return table.whole(name, (int) low, (int) high, unit, (int) otherwise);
    }

    /** Returns the line that holds a value. */
    String line(double value) {
        return ProgrammeWriter.line(
                name,
                ConfigTable.plain(value),
                unit + ", " + ConfigTable.plain(low) + " to " + ConfigTable.plain(high) + ": " + meaning);
    }
}
