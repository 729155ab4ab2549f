package dev.entrain.gait.predict;

import java.util.Arrays;

/**
 * What the course of a swing tells about its end, at fixed points so that nobody is flooded.
 *
 * <ul>
 *   <li>At four shares of the usual swing time: a foot that has by then turned further than it usually has is quicker
 *       and lands sooner, by {@link #GAIN} of the swing time per share of angle. The gains are small because a larger
 *       angle may also be a longer step; they were fitted by least absolute deviations to recorded walks.
 *   <li>Later, while the foot still swings: a pitch rate that is still a share r of the swing's peak needs time to fall
 *       to its zero crossing. The contact is no nearer than ({@value #LEAST_LEFT} + {@value #LEFT_PER_SHARE} r) of the
 *       usual swing time: what recorded swings of healthy and ill walkers had left at such a rate.
 * </ul>
 *
 * Not thread-safe; realtime-safe.
 */
final class SwingCourse {
    /** Points at which the angle is looked at, as shares of the usual time from final to initial contact. */
    private static final double[] POINT = {0.3, 0.45, 0.6, 0.75};

    /** Earlier by this share of the swing time per share of angle more than usual, at each point. */
    private static final double[] GAIN = {0.09, 0.12, 0.11, 0.07};

    /** Points at which a swing that goes on is looked at. */
    private static final double[] LATE = {0.85, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0};

    /** Number of points of the first kind. */
    static final int POINTS = POINT.length;

    private static final double LEAST_LEFT = 0.05;
    private static final double LEFT_PER_SHARE = 0.3;

    /** An angle differs from the usual by at most this share; more is another kind of step. */
    private static final double MOST_DEVIATION = 0.5;

    /** How much the newest swing's angle counts. */
    private static final double NEWEST = 0.25;

    /** A longer time between samples says nothing about the rate in between, s. */
    private static final double LONGEST_STEP_S = 0.05;

    private final double[] usualRad = new double[POINTS];
    private final double[] seenRad = new double[POINTS];

    private double lastS = Double.NaN;
    private double angleRad;
    private double peakRadps;
    private double rateRadps;
    private double startS = Double.NaN;
    private int next;
    private int nextLate;

    /** Forgets the walker. */
    void reset() {
        Arrays.fill(usualRad, Double.NaN);
        lastS = Double.NaN;
        angleRad = 0;
        peakRadps = 0;
        end();
    }

    /** Consumes a sample: pitch rate, positive in swing, rad/s. */
    void add(double timeS, double rateRadps) {
        double dtS = Double.isNaN(lastS) ? 0 : Math.min(LONGEST_STEP_S, timeS - lastS);
        lastS = timeS;
        this.rateRadps = rateRadps;
        angleRad = rateRadps > 0 ? angleRad + rateRadps * dtS : 0;
        peakRadps = rateRadps > 0 ? Math.max(peakRadps, rateRadps) : 0;
    }

    /** A swing began with a final contact. */
    void begin(double leftS) {
        startS = leftS;
        next = 0;
        nextLate = 0;
        Arrays.fill(seenRad, Double.NaN);
    }

    /** The swing is over or came to nothing. */
    void end() {
        startS = Double.NaN;
        Arrays.fill(seenRad, Double.NaN);
    }

    /** Returns whether the foot is in a swing. */
    boolean isSwing() {
        return !Double.isNaN(startS);
    }

    /** The swing ended in a contact: its angles are what is usual. */
    void learn() {
        for (int i = 0; i < POINTS; i++) {
            if (!Double.isNaN(seenRad[i])) {
                double usual = usualRad[i];
                usualRad[i] = Double.isNaN(usual) ? seenRad[i] : usual + NEWEST * (seenRad[i] - usual);
            }
        }
    }

    /** Returns the index of an angle point that the newest sample has reached, or -1. */
    int reached(double swingS) {
        if (next < POINTS && lastS - startS >= POINT[next] * swingS) {
            seenRad[next] = angleRad;
            return next++;
        }
        return -1;
    }

    /** Returns how much later than expected the contact comes by the angle at a point, s; 0 while nothing is usual. */
    double laterS(int point, double swingS) {
        double usual = usualRad[point];
        if (!(usual > 0)) {
            return 0;
        }
        double deviation = Math.clamp(seenRad[point] / usual - 1, -MOST_DEVIATION, MOST_DEVIATION);
        return -GAIN[point] * deviation * swingS;
    }

    /** Returns whether the newest sample has reached one of the late points. */
    boolean reachedLate(double swingS) {
        boolean reached = false;
        while (nextLate < LATE.length && lastS - startS >= LATE[nextLate] * swingS) {
            nextLate++;
            reached = true;
        }
        return reached;
    }

    /** Returns the least time to the contact that the present rate leaves, s. */
    double leastLeftS(double swingS) {
        double share = peakRadps > 0 ? Math.clamp(rateRadps / peakRadps, 0, 1) : 0;
        return (LEAST_LEFT + LEFT_PER_SHARE * share) * swingS;
    }
}
