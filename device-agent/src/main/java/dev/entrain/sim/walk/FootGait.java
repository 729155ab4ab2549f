package dev.entrain.sim.walk;

/**
 * How one foot moves in a stride.
 *
 * @param swingPeakDps greatest sagittal angular rate of mid-swing, deg/s, 20 to 600; about 300 to 450 in healthy
 *     walking, 100 in a paretic foot
 * @param strikePitchDeg how far the toes point up at initial contact, deg, -10 (drop foot) to 30
 * @param clearanceM how high the sole is lifted in swing, m, 0.002 to 0.2
 * @param circumductionM how far the foot swings outward, m, 0 to 0.2
 * @param impactMps2 peak of the shock at initial contact, m/s2, 0 to 160
 */
public record FootGait(
        double swingPeakDps, double strikePitchDeg, double clearanceM, double circumductionM, double impactMps2) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public FootGait {
        Range.check("swing peak rate", swingPeakDps, 20, 600, "deg/s");
        Range.check("strike pitch", strikePitchDeg, -10, 30, "deg");
        Range.check("clearance", clearanceM, 0.002, 0.2, "m");
        Range.check("circumduction", circumductionM, 0, 0.2, "m");
        Range.check("impact", impactMps2, 0, 160, "m/s2");
    }

    /** Returns this way of moving with another greatest swing rate, deg/s. */
    public FootGait withSwingPeak(double dps) {
        return new FootGait(dps, strikePitchDeg, clearanceM, circumductionM, impactMps2);
    }

    FootGait towards(FootGait other, double share) {
        return new FootGait(
                Gait.mix(swingPeakDps, other.swingPeakDps, share),
                Gait.mix(strikePitchDeg, other.strikePitchDeg, share),
                Gait.mix(clearanceM, other.clearanceM, share),
                Gait.mix(circumductionM, other.circumductionM, share),
                Gait.mix(impactMps2, other.impactMps2, share));
    }
}
