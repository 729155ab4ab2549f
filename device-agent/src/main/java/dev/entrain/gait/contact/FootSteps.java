package dev.entrain.gait.contact;

/**
 * The steps of one foot of late, for the other foot to look at: feet alternate, and a foot that carries the body cannot be
 * in the air. Written by one foot's {@link ContactDetector}, read by the other's, both on one thread. Not thread-safe;
 * realtime-safe.
 */
public final class FootSteps {
    /** Steps kept: more than a foot makes in the look back at the first steps. */
    private static final int MOST = 16;

    /** A foot that is not heard for longer may have stepped, s. */
    private static final double SILENT_S = 0.5;

    private final double[] leftS = new double[MOST];
    private final double[] touchS = new double[MOST];
    private int next;
    private int size;
    private double swingFromS = Double.NaN;
    private double seenS = Double.NEGATIVE_INFINITY;

    /** Forgets all steps. */
    void clear() {
        size = 0;
        next = 0;
        swingFromS = Double.NaN;
    }

    /** A reading of the foot came. */
    void seen(double timeS) {
        seenS = timeS;
    }

    /** Returns whether the foot's steps would be known: its sensor is heard and it has stepped before. */
    boolean areKnown(double timeS) {
        return size > 0 && timeS - seenS <= SILENT_S;
    }

    /** A swing began with a final contact at {@code timeS}. */
    void leaves(double timeS) {
        swingFromS = timeS;
    }

    /** The swing came to nothing. */
    void stays() {
        swingFromS = Double.NaN;
    }

    /** The foot touched at {@code timeS} after it had left at {@code fromS}. */
    void touched(double fromS, double timeS) {
        leftS[next] = fromS;
        touchS[next] = timeS;
        next = next + 1 == MOST ? 0 : next + 1;
        size = Math.min(MOST, size + 1);
        swingFromS = Double.NaN;
    }

    /** The newest contact was not at the time told but at {@code timeS}. */
    void corrected(double timeS) {
        if (size > 0) {
            touchS[newest()] = timeS;
        }
    }

    /** Returns whether the foot touched after {@code fromS} and not after {@code toS}. */
    boolean touchedBetween(double fromS, double toS) {
        for (int i = 0; i < size; i++) {
            if (touchS[i] > fromS && touchS[i] <= toS) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a swing began after {@code fromS} and not after {@code toS}. */
    boolean leftBetween(double fromS, double toS) {
        for (int i = 0; i < size; i++) {
            if (leftS[i] > fromS && leftS[i] <= toS) {
                return true;
            }
        }
        return swingFromS > fromS && swingFromS <= toS;
    }

    /** Returns whether the foot was in the air at {@code timeS}. */
    boolean swingsAt(double timeS) {
        for (int i = 0; i < size; i++) {
            if (leftS[i] <= timeS && timeS < touchS[i]) {
                return true;
            }
        }
        return swingFromS <= timeS;
    }

    private int newest() {
        return next == 0 ? MOST - 1 : next - 1;
    }
}
