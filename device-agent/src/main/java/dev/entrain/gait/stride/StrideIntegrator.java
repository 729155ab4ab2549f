package dev.entrain.gait.stride;

/**
 * Cuts a foot's way into strides at the stillest moment of each stance and measures them. The stillest moment is where a
 * zero-velocity update is right (Skog et al. 2010); it is looked for when the foot has left, with as much before as after
 * it in view, and only then is the stride integrated, see {@link Strapdown}. Not thread-safe; realtime-safe.
 */
public final class StrideIntegrator {
    /** Half the span over which stillness is judged, s: together a third of the shortest foot flat of walking. */
    private static final double HALF_STILL_S = 0.06;

    /** After this long on the ground a stride is over even though the foot does not leave, s. */
    private static final double STANDING_S = 1.0;

    /** While standing every moment under this rate (rad/s) will do, and the latest is best. */
    private static final double STILL_RADPS = 0.15;

    private final StrideSamples samples = new StrideSamples();
    private final Strapdown way = new Strapdown();
    private long start = StrideSamples.NONE;
    private double turn2;
    private double groundS = Double.NEGATIVE_INFINITY;
    private boolean touched;
    private double closedStartS;
    private double closedEndS;

    /** Forgets the way. */
    public void reset() {
        samples.clear();
        start = StrideSamples.NONE;
        groundS = Double.NEGATIVE_INFINITY;
        touched = false;
    }

    /** The foot touched the ground; the stillest moment of this stance lies after. */
    public void contact(double timeS) {
        touched = true;
        groundS = timeS;
    }

    /**
     * Consumes one sample: specific force in m/s2, angular rate in rad/s without bias.
     *
     * @param timeS its time, s
     * @param dtS seconds since the foot's last sample
     * @param onGround whether the foot may be standing
     * @return whether a stride has ended by standing; its figures are in {@link #startS()} and so on
     */
    public boolean add(
            double timeS,
            double ax,
            double ay,
            double az,
            double gx,
            double gy,
            double gz,
            double dtS,
            boolean onGround) {
        samples.add(timeS, ax, ay, az, gx, gy, gz);
        turn2 += dtS / (HALF_STILL_S + dtS) * (gx * gx + gy * gy + gz * gz - turn2);
        if (!onGround || timeS - groundS <= STANDING_S) {
            return false;
        }
        if (touched) {
            return close(timeS);
        }
        if (turn2 < STILL_RADPS * STILL_RADPS) {
            start = samples.at(timeS - HALF_STILL_S);
        }
        return false;
    }

    /** The foot left the ground at {@code timeS}: returns whether a stride has ended. */
    public boolean leave(double timeS) {
        return close(timeS);
    }

    /** Returns the mid-stance at which the stride that ended last had started, s. */
    public double startS() {
        return closedStartS;
    }

    /** Returns the mid-stance at which it ended, s. */
    public double endS() {
        return closedEndS;
    }

    /** Returns the way of that stride. */
    public Strapdown way() {
        return way;
    }

    private boolean close(double toS) {
        double fromS = touched ? groundS : toS - STANDING_S;
        long still = stillest(samples.at(fromS), samples.at(toS));
        if (still == StrideSamples.NONE) {
            touched = false;
            return false;
        }
        boolean stride = touched && samples.has(start) && still > start;
        if (stride) {
            closedStartS = samples.timeS(start);
            closedEndS = samples.timeS(still);
            way.measure(samples, start, still);
        }
        start = still;
        touched = false;
        return stride;
    }

    /** Finds the place within [from, to) around which the foot turns least. */
    private long stillest(long from, long to) {
        long best = StrideSamples.NONE;
        double least = Double.POSITIVE_INFINITY;
        long low = samples.at(samples.has(from) ? samples.timeS(from) - HALF_STILL_S : 0);
        long high = low;
        double sum = 0;
        for (long i = from; i < to; i++) {
            double timeS = samples.timeS(i);
            while (high < samples.end() && samples.timeS(high) <= timeS + HALF_STILL_S) {
                sum += samples.turn2(high++);
            }
            while (samples.timeS(low) < timeS - HALF_STILL_S) {
                sum -= samples.turn2(low++);
            }
            double mean = sum / (high - low);
            if (mean < least) {
                least = mean;
                best = i;
            }
        }
        return best;
    }
}
