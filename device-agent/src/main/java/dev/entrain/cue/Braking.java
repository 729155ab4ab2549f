package dev.entrain.cue;

/**
 * The braking law of a quantity whose rate of change is limited ({@link CueLimits#SLEW_PER_S}): an interval that differs
 * from its target by no more than sqrt(slew |e|) can always be back at the target by the time the error e is gone, so
 * the beat does not overshoot.
 */
final class Braking {
    private Braking() {}

    /**
     * Returns by how much an interval differs from its target, ns: {@code sign(e) min(gain |e|, sqrt(slew |e|))}.
     *
     * @param gain share of the error taken away by one beat, 0 to 1
     * @param errorNs e, how much later the beats ought to lie, ns
     * @param lastPeriodNs the interval before, ns
     */
    static long correctionNs(double gain, long errorNs, long lastPeriodNs) {
        double size = Math.abs((double) errorNs);
        double braking = Math.sqrt(CueLimits.slewNs(lastPeriodNs) * size);
        return Math.round(Math.signum((double) errorNs) * Math.min(gain * size, braking));
    }
}
