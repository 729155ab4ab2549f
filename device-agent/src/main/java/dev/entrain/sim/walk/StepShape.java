package dev.entrain.sim.walk;

import dev.entrain.noise.SeededNoise;

/**
 * Pitch and travel of one step as functions of time. The pitch rate has three lobes (push-off, swing, landing) whose
 * shapes are given and whose sizes follow from the swing's peak rate and the pitch at initial contact: at final contact
 * plus a moment the heel is at its highest, at initial contact the toes point up as asked, at foot flat all is level.
 */
final class StepShape {
    private static final double[] PUSH_U = {0.15, 0.35, 0.55, 0.72, 0.86};
    private static final double[] PUSH = {0.04, 0.15, 0.41, 0.79, 1.0};
    private static final double[] SWING_U = {0.09, 0.2, 0.36, 0.52, 0.66, 0.78, 0.89, 0.95};
    private static final double[] SWING_EARLY = {0.72, 1.0, 0.95, 0.8, 0.6, 0.42, 0.22, 0.1};
    private static final double[] SWING_LATE = {0.7, 0.72, 0.9, 1.0, 0.94, 0.88, 0.95, 0.55};
    private static final double[] LAND_U = {0.15, 0.35, 0.5, 0.75};
    private static final double[] LAND = {0.6, 1.0, 0.85, 0.3};
    private static final double[] TRAVEL_U = {0.08, 0.18, 0.3, 0.45, 0.6, 0.75, 0.87, 0.95};
    private static final double[] TRAVEL = {0.35, 0.85, 1.25, 1.42, 1.4, 1.2, 0.75, 0.25};

    /** The heel is highest this long after final contact, as a share of the swing. */
    private static final double TOE_OFF_DELAY = 0.06;

    private final RateSpline pitch = new RateSpline();
    private final RateSpline travel = new RateSpline();
    private final double[] template = new double[40];
    private final double[][] area = new double[3][3];
    private final double[] size = new double[3];

    /** Returns the pitch, rad, heel up positive. */
    RateSpline pitch() {
        return pitch;
    }

    /** Returns the share of the way gone, 0 to 1. */
    RateSpline travel() {
        return travel;
    }

    /** Moves both to a time since heel-off, s. */
    void moveTo(double t) {
        pitch.moveTo(t);
        travel.moveTo(t);
    }

    /**
     * Shapes a step that begins at 0 s.
     *
     * @param finalS final contact, s
     * @param initialS initial contact, s
     * @param flatS foot flat, s
     * @param move its amplitudes
     * @param mostRad greatest pitch of toe-off, rad; a swing that would need more is slower
     * @param leastRad least pitch of toe-off, rad
     * @param noise for the small differences between steps
     */
    void fit(
            double finalS,
            double initialS,
            double flatS,
            Move move,
            double mostRad,
            double leastRad,
            SeededNoise noise) {
        double highestS = finalS + TOE_OFF_DELAY * (initialS - finalS);
        pitch.clear();
        int from = addKnot(0, 0);
        int highest = addLobe(0, highestS, PUSH_U, PUSH, PUSH, 0, noise);
        int strike = addLobe(highestS, initialS, SWING_U, SWING_EARLY, SWING_LATE, move.lateSwing, noise);
        int flat = addLobe(initialS, flatS, LAND_U, LAND, LAND, 0, noise);
        for (int lobe = 0; lobe < 3; lobe++) {
            int low = lobe == 0 ? from : lobe == 1 ? highest : strike;
            int high = lobe == 0 ? highest : lobe == 1 ? strike : flat;
            for (int k = from; k <= flat; k++) {
                pitch.setRate(k, k > low && k < high ? template[k] : 0);
            }
            pitch.fit();
            area[0][lobe] = pitch.valueAt(highest);
            area[1][lobe] = pitch.valueAt(strike) - pitch.valueAt(highest);
            area[2][lobe] = pitch.valueAt(flat) - pitch.valueAt(strike);
        }
        double strikeRad = move.strikePitchRad;
        double toeOffRad = Math.clamp(move.swingPeakRadps * area[1][1] - strikeRad, leastRad, mostRad);
        solve(toeOffRad, -toeOffRad - strikeRad, strikeRad);
        for (int k = from; k <= flat; k++) {
            int lobe = k < highest ? 0 : k < strike ? 1 : 2;
            pitch.setRate(k, size[lobe] * template[k]);
        }
        pitch.fit();
        fitTravel(finalS, initialS);
    }

    private void fitTravel(double finalS, double initialS) {
        // An unloaded foot begins to slide just before the toes leave and comes to rest just after the heel strikes.
        double startS = finalS - 0.13 * (initialS - finalS);
        double lengthS = initialS + 0.07 * (initialS - finalS) - startS;
        for (int pass = 0; pass < 2; pass++) {
            double whole = pass == 0 ? 1 : travel.valueAt(TRAVEL.length + 1);
            travel.clear();
            travel.knot(startS, 0);
            for (int i = 0; i < TRAVEL.length; i++) {
                travel.knot(startS + TRAVEL_U[i] * lengthS, TRAVEL[i] / whole);
            }
            travel.knot(startS + lengthS, 0);
            travel.fit();
        }
    }

    /** Appends the knots of a lobe after the zero at its start; returns the index of the zero at its end. */
    private int addLobe(
            double startS, double endS, double[] u, double[] one, double[] other, double share, SeededNoise noise) {
        for (int i = 0; i < u.length; i++) {
            double shape = Gait.mix(one[i], other[i], share) * (1 + 0.04 * noise.gaussian());
            addKnot(startS + u[i] * (endS - startS), shape);
        }
        return addKnot(endS, 0);
    }

    private int addKnot(double atS, double shape) {
        int k = pitch.knot(atS, 0);
        template[k] = shape;
        return k;
    }

    /** Solves for the sizes of the lobes by Cramer's rule. */
    private void solve(double b0, double b1, double b2) {
        double[] p = area[0];
        double[] q = area[1];
        double[] r = area[2];
        double whole = determinant(p[0], p[1], p[2], q[0], q[1], q[2], r[0], r[1], r[2]);
        size[0] = determinant(b0, p[1], p[2], b1, q[1], q[2], b2, r[1], r[2]) / whole;
        size[1] = determinant(p[0], b0, p[2], q[0], b1, q[2], r[0], b2, r[2]) / whole;
        size[2] = determinant(p[0], p[1], b0, q[0], q[1], b1, r[0], r[1], b2) / whole;
    }

    private static double determinant(
            double a, double b, double c, double d, double e, double f, double g, double h, double i) {
        return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
    }
}
