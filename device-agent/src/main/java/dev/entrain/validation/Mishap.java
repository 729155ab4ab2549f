package dev.entrain.validation;

import dev.entrain.sample.Foot;
import org.jspecify.annotations.Nullable;

/**
 * One moment where a replay and its reference disagree.
 *
 * @param trial where
 * @param foot which foot, or null for both
 * @param timeS when, seconds of the recording
 * @param severityS how bad, as a time error in seconds; an event missed or made up counts {@link #WHOLE_EVENT_S}
 * @param what a few words
 * @param halfS how much time before and after shows why, s
 */
record Mishap(Trial trial, @Nullable Foot foot, double timeS, double severityS, String what, double halfS) {
    /** More than the greatest error of an event that still counts as found (0.25 s). */
    static final double WHOLE_EVENT_S = 0.3;

    /** One stride before and one after. */
    static final double STRIDE_S = 1.5;

    Mishap(Trial trial, @Nullable Foot foot, double timeS, double severityS, String what) {
        this(trial, foot, timeS, severityS, what, STRIDE_S);
    }

    /** Receives the disagreements that scoring comes across. */
    interface Sink {
        /** Called for each. */
        void found(Mishap mishap);
    }
}
