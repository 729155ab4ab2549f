package dev.entrain.gait.contact;

import dev.entrain.gait.GaitEvent;

/** Receives what {@link ContactDetector} finds on one foot. Times are seconds since the tracker's first sample. */
public interface FootMoments {
    /**
     * An event of the gait cycle.
     *
     * @param kind what happened
     * @param timeS when it happened, s, at or before the newest sample
     * @param confidence 0 to 1
     */
    void onMoment(GaitEvent.Kind kind, double timeS, double confidence);

    /**
     * A second look at the newest initial contact: the foot had not come to rest after it, and touched later.
     *
     * @param formerS when it was told to have touched, s
     * @param timeS when it touched, s, after {@code formerS}
     * @param confidence 0 to 1
     */
    void onContactRevised(double formerS, double timeS, double confidence);

    /** A swing began with a final contact at {@code timeS}; comes anew if an earlier one of the same stride came to nothing. */
    void onSwingStart(double timeS);

    /**
     * The swing seems to end: the foot's pitch rate reversed at {@code timeS}. An initial contact follows, or the swing
     * goes on.
     */
    void onSwingEnd(double timeS);

    /** The swing went on after all, or came to nothing. */
    void onSwingEndRevoked();
}
