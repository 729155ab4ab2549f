package dev.entrain.gait.contact;

/**
 * The landing of a foot: when it touched, and when that can be told.
 *
 * <p>Three things happen when a foot comes down, and neither alone says when it touched. The leg brakes the foot, so that
 * its pitch rate reverses; some walkers do that in the air, up to 0.15 s early. The rate falls to the trough of the {@link
 * LandingLobe} while the forefoot comes down, which ends late after a hard heel strike. And the ground jolts the foot
 * ({@link Jolts}), in several blows, of which the first may be too soft to notice.
 *
 * <p>The meeting with the ground, the <i>impact</i>, is taken as {@code 3/4 level + 1/4 middle}: when the rate has fallen
 * to 0.7 of its trough, and the middle of the jolts since the reversal, weighed by their squares. The touch is told before
 * it by {@value #LEAD} of the time since the reversal, though by no more than {@value #MOST_LEAD_S} s: a foot that was
 * braked earlier than that flew on. Motion capture calls initial contact the moment at which the heel stops moving forward
 * (Zeni et al. 2008, Gait Posture 27:710), which lies between the two: with the share fitted to 59 such contacts at 205 Hz
 * the spread is 5.6 ms, against 6.5 ms for the reversal and 9.5 ms for the level alone, and no linear rule of the three
 * gets below 5.2 ms. The 490 contacts of Voisard et al. (2024, J NeuroEng Rehabil 21:104) that were developed on do not
 * care for the share between 0.5 and 0.7; their reference is warped from a template anew for each foot and walk, and calls
 * the same foot of the same person 17 ms (root mean square) earlier or later from one walk to the next, by whatever
 * moment it is measured. No foot touches later than the ground has struck it hard, which keeps a foot whose strike rings
 * in its rate (a sound one) and one that is put down softly (a paretic one) on the same time.
 *
 * <p>Not thread-safe; realtime-safe.
 */
final class Touchdown {
    /** The landing lobe has its trough within this time after the rate reversed, s. */
    private static final double LANDING_S = 0.13;

    /** A foot that comes down flat may have done so this long before its rate reversed, s. */
    private static final double EARLY_S = 0.1;

    /** A lobe of this share of the usual one is none: the foot reversed in the air, or came down flat. */
    private static final double SHALLOW = 0.2;

    /** The lobe is as deep as usual from this share of the usual depth: strides of one walker differ by a third. */
    private static final double DEEP = 0.6;

    /** The rate has left the trough when it is back at this share of it. */
    private static final double LEFT = 0.7;

    /** A later, deeper trough moves the time at which the rate fell by little once that was this long ago, s. */
    private static final double SETTLED_S = 0.03;

    /** How much the jolts count for the impact, against the lobe. */
    private static final double JOLT_SHARE = 0.25;

    /** Of the time from the reversal to the impact, how much lies after the touch. */
    private static final double LEAD = 0.6;

    /** The touch is never told longer than this before the impact, s. */
    private static final double MOST_LEAD_S = 0.05;

    /** A lobe that reaches its level later than this after the reversal is slow, s; one that falls steeply is certain. */
    private static final double SLOW_S = 0.03;

    private final LandingLobe lobe = new LandingLobe();
    private final Jolts jolts = new Jolts();
    private double swingPeakS;

    /** Forgets what was felt. */
    void clear() {
        jolts.clear();
    }

    /** Consumes a specific force, m/s2, in swing or stance, with or without gravity; times only grow. */
    void feel(double timeS, double ax, double ay, double az) {
        jolts.add(timeS, ax, ay, az);
    }

    /** The rate passed zero at {@code reversalS}, after a swing that peaked at {@code swingPeakS}. */
    void start(double reversalS, double swingPeakS) {
        this.swingPeakS = swingPeakS;
        lobe.start(reversalS);
    }

    /** Adds a pitch rate of the landing, rad/s. */
    void add(double timeS, double rateRadps) {
        lobe.add(timeS, rateRadps);
    }

    /** Returns when the rate passed zero, s. */
    double reversalS() {
        return lobe.reversalS();
    }

    /** Returns the lowest rate so far, rad/s, at most 0. */
    double troughRadps() {
        return lobe.troughRadps();
    }

    /** Returns whether the lobe may still have its trough before it. */
    boolean mayDeepen(double timeS) {
        return timeS - lobe.reversalS() <= LANDING_S;
    }

    /**
     * Returns whether the lobe is known well enough to tell the touch: it is nearly as deep as usual, and the rate has left
     * the trough or has been below its level for a while. A shallower one may yet deepen.
     *
     * @param usualRadps usual depth of the lobe, rad/s, positive; 0 while unknown
     */
    boolean isKnown(double timeS, double rateRadps, double usualRadps) {
        double trough = lobe.troughRadps();
        boolean usual = usualRadps > 0 && -trough >= DEEP * usualRadps;
        return usual && (rateRadps > LEFT * trough || timeS - lobe.levelS() > SETTLED_S);
    }

    /**
     * Returns when the foot touched, s.
     *
     * @param usualRadps usual depth of the lobe, rad/s, positive; 0 while unknown
     */
    double touchS(double usualRadps) {
        double reversalS = lobe.reversalS();
        if (-lobe.troughRadps() <= SHALLOW * usualRadps) {
            double blowS = jolts.hardestS(Math.max(swingPeakS, reversalS - EARLY_S));
            if (!Double.isNaN(blowS)) {
                return blowS;
            }
        }
        double levelS = lobe.levelS();
        double middleS = jolts.middleS(reversalS);
        double impactS = Double.isNaN(middleS) ? levelS : levelS + JOLT_SHARE * (middleS - levelS);
        double touchS = impactS - Math.min(MOST_LEAD_S, LEAD * (impactS - reversalS));
        return levelS - reversalS > SLOW_S ? Math.min(touchS, jolts.firstHardS(reversalS)) : touchS;
    }
}
