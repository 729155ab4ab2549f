package dev.entrain.sim.patient;

/**
 * What a patient knows of the beat: the newest two he heard, and where the next would be. He goes on in his mind for a few
 * beats that do not sound. Not thread-safe.
 */
final class Ears {
    /** So many periods without a beat the rhythm is still there: every fourth beat sounding is still a rhythm. */
    private static final double REMEMBERED_PERIODS = 4.6;

    private long lastNs;
    private long formerNs;
    private long periodNs;
    private int heard;

    void hear(long onsetNs, long period) {
        formerNs = heard > 0 ? lastNs : onsetNs - period;
        lastNs = onsetNs;
        periodNs = period;
        heard++;
    }

    /** Returns whether there is a rhythm now. */
    boolean rhythm(long nowNs) {
        return heard > 0 && nowNs - lastNs <= REMEMBERED_PERIODS * periodNs;
    }

    /** Returns the beat's period, s. */
    double periodS() {
        return periodNs * 1e-9;
    }

    /** Returns how many beats were heard so far. */
    int heard() {
        return heard;
    }

    /**
     * Returns how far a contact is from the beat nearest to where it was meant to be, s, positive = the contact is late; NaN
     * where that beat is not among those heard nor the next after them: what is only imagined corrects nothing.
     *
     * @param contactNs the contact
     * @param meantS where it was meant to be against its beat, s, negative = before it
     */
    double errorS(long contactNs, double meantS) {
        long aimNs = contactNs - Math.round(meantS * 1e9);
        long beats = Math.round((aimNs - lastNs) / (double) periodNs);
        if (beats > 1 || beats < -1) {
            return Double.NaN;
        }
        long beatNs = beats == -1 ? formerNs : lastNs + beats * periodNs;
        return Math.clamp((aimNs - beatNs) * 1e-9, -periodS() / 2, periodS() / 2);
    }
}
