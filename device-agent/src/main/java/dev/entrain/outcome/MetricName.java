package dev.entrain.outcome;

/**
 * The metrics of a session: name, unit (UCUM), digits printed, and how many observations a value needs. What each means is
 * defined in the clinic's handbook and computed in {@link SessionSummary}; fewer observations give "insufficient".
 */
public enum MetricName {
    /** 60 over the median step time, each foot's taken apart so that a limp does not move it. */
    CADENCE("cadence_spm", "{steps}/min", 1, 10, Of.STEPS),
    /** Mean stride time of both feet. */
    STRIDE_DURATION("stride_duration_s", "s", 3, 10, Of.STRIDES),
    /** Standard deviation over mean of the stride time, within each foot. */
    STRIDE_DURATION_CV("stride_duration_cv_pct", "%", 2, 20, Of.STRIDES),
    /** (left - right) / (left + right) of the mean step times; a step is named by the foot that ends it. n is the lesser. */
    STEP_ASYMMETRY("step_asymmetry", "1", 3, 20, Of.STEPS),
    /** The same of the mean stance times. */
    STANCE_ASYMMETRY("stance_asymmetry", "1", 3, 20, Of.STRIDES),
    /** The same of the mean swing times. */
    SWING_ASYMMETRY("swing_asymmetry", "1", 3, 20, Of.STRIDES),
    /** Mean share of the stride with both feet on the ground. */
    DOUBLE_SUPPORT("double_support_pct", "%", 1, 10, Of.STRIDES),
    /** Mean stride length, an estimate. */
    STRIDE_LENGTH("stride_length_m", "m", 2, 10, Of.STRIDES),
    /** Mean walking speed, an estimate. */
    WALKING_SPEED("walking_speed_mps", "m/s", 2, 10, Of.STRIDES),
    /** Mean of step minus nearest beat, negative = step first. */
    ASYNCHRONY("asynchrony_ms", "ms", 1, 20, Of.PAIRS),
    /** Standard deviation of the same. */
    ASYNCHRONY_SD("asynchrony_sd_ms", "ms", 1, 20, Of.PAIRS),
    /** Mean direction of the relative phase, 2 pi asynchrony / interval between beats. */
    RELATIVE_PHASE("relative_phase_rad", "rad", 3, 20, Of.PAIRS),
    /** Length of its mean resultant, 0 to 1. */
    RESULTANT_LENGTH("resultant_length", "1", 3, 20, Of.PAIRS),
    /** Share of windows in which the walker was locked to the beat. */
    LOCKED_FRACTION("locked_fraction", "1", 3, 3, Of.WINDOWS),
    /** 100 (cadence - cue) / cue, step by step against its own beat's tempo. */
    TEMPO_ACCURACY("tempo_accuracy_pct", "%", 2, 20, Of.PAIRS),
    /** How much of an asynchrony the walker takes back by the next step; 0 none, 1 all. */
    PHASE_CORRECTION("phase_correction_gain", "1", 2, 50, Of.PAIRS),
    /** Exponent of evenly spaced, averaged detrended fluctuation analysis of the stride times. */
    DFA_ALPHA("dfa_alpha", "1", 2, 200, Of.STRIDES),
    /** Share of the time spent freezing. */
    FREEZING_TIME("freezing_time_pct", "%", 1, 0, Of.EPISODES),
    /** Number of freezing episodes. */
    FREEZE_COUNT("freeze_count", "{episodes}", 0, 0, Of.EPISODES),
    /** Median time from the onset of a freeze, as the unit dates it, to the first beat before its end. */
    FREEZE_TO_CUE("freeze_to_cue_s", "s", 2, 1, Of.EPISODES),
    /** (cadence of the retention walk - that of the baseline walk) / that of the baseline walk. n is the lesser. */
    RETENTION("retention_pct", "%", 1, 10, Of.STEPS);

    /** What is counted. */
    public enum Of {
        /** Steps of both feet. */
        STEPS,
        /** Strides of both feet together. */
        STRIDES,
        /** Steps with a beat within half an interval. */
        PAIRS,
        /** Windows of the lock statistic. */
        WINDOWS,
        /** Freezing episodes. */
        EPISODES
    }

    private final String label;
    private final String unit;
    private final int decimals;
    private final int fewest;
    private final Of of;

    MetricName(String label, String unit, int decimals, int fewest, Of of) {
        this.label = label;
        this.unit = unit;
        this.decimals = decimals;
        this.fewest = fewest;
        this.of = of;
    }

    /** Returns the name in files, [a-z_]+ with its unit. */
    public String label() {
        return label;
    }

    /** Returns the UCUM unit. */
    public String unit() {
        return unit;
    }

    /** Returns how many decimals are printed. */
    public int decimals() {
        return decimals;
    }

    /** Returns how many observations a value needs; fewer are insufficient. */
    public int fewest() {
        return fewest;
    }

    /**
     * Returns whether cued and uncued walking both have it, so that their difference says something. Not those of the
     * stride times' variation (CV, DFA): cued walking pools the several tempi of a programme, uncued walking has one, so the
     * difference would measure the programme and not the patient.
     */
    public boolean comparable() {
        return switch (this) {
            case CADENCE,
                    STRIDE_DURATION,
                    STEP_ASYMMETRY,
                    STANCE_ASYMMETRY,
                    SWING_ASYMMETRY,
                    DOUBLE_SUPPORT,
                    STRIDE_LENGTH,
                    WALKING_SPEED,
                    FREEZING_TIME -> true;
            default -> false;
        };
    }

    /** Returns what is counted. */
    public Of of() {
        return of;
    }
}
