package dev.entrain.audio;

/**
 * A struck thing: a sum of damped partials. Synthesised with StrictMath, so that every machine gives the same bits.
 *
 * @param hz frequency
 * @param level amplitude at its start without the attack, full scale 1
 * @param decayS time in which the amplitude falls to 1/e, s
 * @param attackS time of the linear rise, s
 * @param startS when it starts within the sound, s
 * @param turns phase at its start, turns behind the crest, 0 to 1
 */
record Strike(double hz, double level, double decayS, double attackS, double startS, double turns) {
    /** Every sound fades out linearly over its last 5 ms, so that its end makes no click. */
    private static final double RELEASE_S = 0.005;

    /**
     * Returns the sum of partials. Its last frame is 0.
     *
     * @param rateHz frames per second
     * @param lengthMs length, ms
     * @param partials at least one; the first frame is not 0 if one of them starts there at its crest
     */
    static float[] sum(int rateHz, int lengthMs, Strike[] partials) {
        int frames = rateHz * lengthMs / 1000;
        double[] sum = new double[frames];
        for (Strike partial : partials) {
            partial.addTo(sum, rateHz);
        }
        float[] sound = new float[frames];
        for (int i = 0; i < frames; i++) {
            double leftS = (double) (frames - 1 - i) / rateHz;
            sound[i] = (float) (sum[i] * Math.min(1, leftS / RELEASE_S));
        }
        return sound;
    }

    private void addTo(double[] sum, int rateHz) {
        for (int i = (int) StrictMath.ceil(startS * rateHz); i < sum.length; i++) {
            double timeS = (double) i / rateHz - startS;
            // The attack starts one frame in, so that the first frame already sounds.
            double attack = Math.min(1, (timeS + 1.0 / rateHz) / attackS);
            sum[i] += level
                    * attack
                    * StrictMath.exp(-timeS / decayS)
                    * StrictMath.cos(2 * StrictMath.PI * (hz * timeS - turns));
        }
    }
}
