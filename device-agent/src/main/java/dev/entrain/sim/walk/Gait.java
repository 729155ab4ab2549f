package dev.entrain.sim.walk;

import dev.entrain.sample.Foot;

/**
 * A way of walking.
 *
 * @param cadenceSpm steps per minute, 20 to 220
 * @param strideLengthM stride length on straight ground, m, 0.05 to 2.5
 * @param stepTimeAsymmetry (left - right) / (left + right) of the step times, -0.6 to 0.6; the left step time ends at
 *     the left initial contact
 * @param stepLengthAsymmetry the same of the step lengths, -0.8 to 0.8
 * @param strideTimeCv standard deviation over mean of the stride time, 0 to 0.2; also of the step length
 * @param fractalExponent beta of the 1/f^beta spectrum of stride times, 0 (white) to 1.5; healthy walkers have about
 *     0.7, people with Parkinson's about 0.2 (Hausdorff 1996 and 1997, there as DFA alpha = (1 + beta) / 2)
 * @param doubleSupport share of the stride from an initial contact to the other foot's final contact, 0.04 to 0.35
 * @param preSwing share of the stride from heel-off to final contact, 0.1 to 0.35
 * @param lateSwing whether the swing is fastest early (0), late (1) or between
 * @param left how the left foot moves
 * @param right how the right foot moves
 */
public record Gait(
        double cadenceSpm,
        double strideLengthM,
        double stepTimeAsymmetry,
        double stepLengthAsymmetry,
        double strideTimeCv,
        double fractalExponent,
        double doubleSupport,
        double preSwing,
        double lateSwing,
        FootGait left,
        FootGait right) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Gait {
        Range.check("cadence", cadenceSpm, 20, 220, "steps/min");
        Range.check("stride length", strideLengthM, 0.05, 2.5, "m");
        Range.check("step time asymmetry", stepTimeAsymmetry, -0.6, 0.6, "");
        Range.check("step length asymmetry", stepLengthAsymmetry, -0.8, 0.8, "");
        Range.check("stride time CV", strideTimeCv, 0, 0.2, "");
        Range.check("1/f exponent", fractalExponent, 0, 1.5, "");
        Range.check("double support", doubleSupport, 0.04, 0.35, "of the stride");
        Range.check("pre-swing", preSwing, 0.1, 0.35, "of the stride");
        Range.check("late swing", lateSwing, 0, 1, "");
    }

    /** Returns the stride time, s. */
    public double strideTimeS() {
        return 120 / cadenceSpm;
    }

    /** Returns the step time that ends at this foot's initial contact, s, without variability. */
    public double stepTimeS(Foot foot) {
        return strideTimeS() * share(foot, stepTimeAsymmetry);
    }

    /** Returns the step length of this foot, m, without variability. */
    public double stepLengthM(Foot foot) {
        return strideLengthM * share(foot, stepLengthAsymmetry);
    }

    /** Returns the walking speed, m/s. */
    public double speedMps() {
        return strideLengthM / strideTimeS();
    }

    /** Returns how a foot moves. */
    public FootGait foot(Foot foot) {
        return foot == Foot.LEFT ? left : right;
    }

    /** Returns this gait at another cadence, steps/min, with the same stride length. */
    public Gait withCadence(double spm) {
        return with(spm, strideLengthM, stepTimeAsymmetry, strideTimeCv, fractalExponent);
    }

    /** Returns this gait with another stride length, m. */
    public Gait withStrideLength(double m) {
        return with(cadenceSpm, m, stepTimeAsymmetry, strideTimeCv, fractalExponent);
    }

    /** Returns this gait at another speed, m/s, by its stride length. */
    public Gait withSpeed(double mps) {
        return withStrideLength(mps * strideTimeS());
    }

    /** Returns this gait with another asymmetry of step times, -0.6 to 0.6. */
    public Gait withStepTimeAsymmetry(double asymmetry) {
        return with(cadenceSpm, strideLengthM, asymmetry, strideTimeCv, fractalExponent);
    }

    /** Returns this gait with another variability: CV of stride times and exponent of their spectrum. */
    public Gait withVariability(double cv, double exponent) {
        return with(cadenceSpm, strideLengthM, stepTimeAsymmetry, cv, exponent);
    }

    /** Returns this gait with other greatest swing rates, deg/s. */
    public Gait withSwingPeaks(double leftDps, double rightDps) {
        return withFeet(left.withSwingPeak(leftDps), right.withSwingPeak(rightDps));
    }

    /** Returns this gait with feet that move otherwise. */
    public Gait withFeet(FootGait newLeft, FootGait newRight) {
        return new Gait(
                cadenceSpm,
                strideLengthM,
                stepTimeAsymmetry,
                stepLengthAsymmetry,
                strideTimeCv,
                fractalExponent,
                doubleSupport,
                preSwing,
                lateSwing,
                newLeft,
                newRight);
    }

    /**
     * Returns the gait between this one and another.
     *
     * @param share 0 for this one, 1 for the other
     */
    public Gait towards(Gait other, double share) {
        return new Gait(
                mix(cadenceSpm, other.cadenceSpm, share),
                mix(strideLengthM, other.strideLengthM, share),
                mix(stepTimeAsymmetry, other.stepTimeAsymmetry, share),
                mix(stepLengthAsymmetry, other.stepLengthAsymmetry, share),
                mix(strideTimeCv, other.strideTimeCv, share),
                fractalExponent,
                mix(doubleSupport, other.doubleSupport, share),
                mix(preSwing, other.preSwing, share),
                mix(lateSwing, other.lateSwing, share),
                left.towards(other.left, share),
                right.towards(other.right, share));
    }

    static double mix(double from, double to, double share) {
        return from + (to - from) * share;
    }

    private Gait with(double spm, double lengthM, double asymmetry, double cv, double exponent) {
        return new Gait(
                spm,
                lengthM,
                asymmetry,
                stepLengthAsymmetry,
                cv,
                exponent,
                doubleSupport,
                preSwing,
                lateSwing,
                left,
                right);
    }

    private static double share(Foot foot, double asymmetry) {
        return (foot == Foot.LEFT ? 1 + asymmetry : 1 - asymmetry) / 2;
    }
}
