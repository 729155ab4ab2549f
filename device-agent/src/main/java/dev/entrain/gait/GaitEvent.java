package dev.entrain.gait;

import dev.entrain.sample.Foot;

/** One event of the gait cycle. A mutable view that its producer reuses. */
public final class GaitEvent {
    /** Kinds of event, in the order of the gait cycle; recordings spell them as {@link #label()}. */
    public enum Kind {
        /** The foot touches the ground. */
        INITIAL_CONTACT("IC"),
        /**
         * A second look: the foot's newest initial contact was not at {@link GaitEvent#formerNs} but at {@link
         * GaitEvent#timeNs}. Told at most {@value #LONGEST_SECOND_LOOK_MS} ms after that time, and before the foot's next
         * final contact; the contact is the same step, not one more.
         */
        CONTACT_REVISED("IC_REVISED"),
        /** The whole sole rests on the ground. */
        FOOT_FLAT("FOOT_FLAT"),
        /** The foot leaves the ground (toe-off). */
        FINAL_CONTACT("FC"),
        /** The foot passes the standing leg, at its greatest pitch rate. */
        MID_SWING("MID_SWING"),
        /** An episode of freezing of gait begins; the foot is the one that noticed. */
        FREEZE_ON("FOG_ON"),
        /** An episode of freezing of gait ends. */
        FREEZE_OFF("FOG_OFF"),
        /** A stumble the walker barely recovered from, or a fall; the foot is the one that showed it. */
        NEAR_FALL("NEAR_FALL");

        /** A contact is revised to a time no more than this before the decision, ms. */
        public static final int LONGEST_SECOND_LOOK_MS = 500;

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** Returns the spelling of recordings and telemetry. */
        public String label() {
            return label;
        }
    }

    /** What happened. */
    public Kind kind = Kind.INITIAL_CONTACT;

    /** The foot it happened to. */
    public Foot foot = Foot.LEFT;

    /** When it happened, ns. */
    public long timeNs;

    /** When a revised event was told to have happened before, ns; {@link #timeNs} for any other event. */
    public long formerNs;

    /** Time of the newest sample the decision used, ns; at or after {@link #timeNs}. */
    public long decidedNs;

    /** How sure the detector is, 0 to 1: of a contact, the probability that a reference places one within 50 ms. */
    public double confidence;

    /** Fills the view and returns it. */
    public GaitEvent set(Kind kind, Foot foot, long timeNs, long decidedNs, double confidence) {
        this.kind = kind;
        this.foot = foot;
        this.timeNs = timeNs;
        formerNs = timeNs;
        this.decidedNs = decidedNs;
        this.confidence = confidence;
        return this;
    }
}
