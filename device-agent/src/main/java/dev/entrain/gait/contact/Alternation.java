package dev.entrain.gait.contact;

/**
 * What the other foot says about this one: feet alternate, so two contacts of one foot without one of the other between
 * them are suspicious, and a movement that comes when it is this foot's turn is most likely a step. Not thread-safe;
 * realtime-safe.
 */
final class Alternation {
    /** A walk goes on for this long after a contact, s (Mobilise-D: breaks in a walking bout are under 3 s). */
    private static final double WALK_S = 3.0;

    private final FootSteps other;

    /** @param other the other foot's steps */
    Alternation(FootSteps other) {
        this.other = other;
    }

    /** Returns whether it may be this foot's turn after its contact at {@code contactS}: the other one stepped since, or nobody knows. */
    boolean isTurn(double contactS, double timeS) {
        double sinceS = Math.max(contactS, timeS - WALK_S);
        return !other.areKnown(timeS) || other.touchedBetween(sinceS, timeS) || other.leftBetween(sinceS, timeS);
    }

    /** Returns whether the walker walks. */
    boolean isWalk(double contactS, double timeS) {
        return otherWalks(timeS) || timeS - contactS <= WALK_S;
    }

    /**
     * Returns whether a movement without a swing lobe was a step.
     *
     * @param contactS the foot's last contact, s
     * @param touchS the end of the movement, s
     * @param large whether it was as large as a step is
     * @param felt whether its touch was felt
     * @param left whether the foot was seen to leave the ground
     */
    boolean isStep(double contactS, double touchS, double timeS, boolean large, boolean felt, boolean left) {
        if (!isWalk(contactS, timeS)) {
            return false;
        }
        if (!otherWalks(timeS) || (large && felt)) {
            return large;
        }
        return (large || felt || left) && other.touchedBetween(contactS, touchS);
    }

    private boolean otherWalks(double timeS) {
        return other.areKnown(timeS) && other.touchedBetween(timeS - WALK_S, timeS);
    }
}
