package dev.entrain.gait.stride;

/**
 * Cuts a foot's way into strides at the stillest moment of each stance and measures their length. The stillest moment is
 * where a zero-velocity update is right (Skog et al. 2010); each new candidate restarts a second integration, so that
 * when the foot leaves, the next stride is already under way. Not thread-safe; realtime-safe.
 */
public final class StrideIntegrator {
    /** Smoothing of stillness and of the direction of gravity, s: a third of the shortest foot flat. */
    private static final double SMOOTH_S = 0.06;

    /** After this long on the ground a stride is over even though the foot does not leave, s. */
    private static final double STANDING_S = 1.0;

    /** While standing every moment under this rate (rad/s) will do, and the latest is best. */
    private static final double STILL_RADPS = 0.15;

    /** After the stillest moment the foot moves on once its rate is over this, rad/s, */
    private static final double MOVES_RADPS = 1.0;

    /** and its square over this many times the least: what is still afterwards belongs to the next stance. */
    private static final double MOVES_TIMES = 16;

    /** Without samples for longer a way cannot be integrated, s: 0.1 s of swing is a fifth of the stride. */
    private static final double BLIND_S = 0.1;

    private Strapdown open = new Strapdown();
    private Strapdown next = new Strapdown();
    private double turn2;
    private double forceX;
    private double forceY;
    private double forceZ;
    private double leastTurn2 = Double.POSITIVE_INFINITY;
    private double groundS = Double.NEGATIVE_INFINITY;
    private double endS = Double.NaN;
    private double lengthM = Double.NaN;
    private boolean touched;
    private boolean moved;
    private double closedStartS;
    private double closedEndS;
    private double closedLengthM;

    /** Forgets the way. */
    public void reset() {
        open.stop();
        next.stop();
        leastTurn2 = Double.POSITIVE_INFINITY;
        endS = Double.NaN;
        touched = false;
    }

    /** The foot touched the ground; the stillest moment of this stance is looked for from now on. */
    public void contact(double timeS) {
        touched = true;
        groundS = timeS;
        moved = false;
        leastTurn2 = Double.POSITIVE_INFINITY;
        endS = Double.NaN;
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
        if (dtS > BLIND_S) {
            open.lose();
            next.lose();
        }
        open.add(ax, ay, az, gx, gy, gz, dtS);
        next.add(ax, ay, az, gx, gy, gz, dtS);
        double share = dtS / (SMOOTH_S + dtS);
        turn2 += share * (gx * gx + gy * gy + gz * gz - turn2);
        forceX += share * (ax - forceX);
        forceY += share * (ay - forceY);
        forceZ += share * (az - forceZ);
        if (!onGround) {
            return false;
        }
        boolean standing = timeS - groundS > STANDING_S;
        if (turn2 > MOVES_RADPS * MOVES_RADPS + MOVES_TIMES * leastTurn2) {
            moved = true;
        }
        if ((turn2 < leastTurn2 && !moved) || (standing && turn2 < STILL_RADPS * STILL_RADPS)) {
            leastTurn2 = turn2;
            endS = timeS;
            lengthM = open.lengthM(timeS);
            next.start(timeS, forceX, forceY, forceZ);
        }
        return standing && touched && close();
    }

    /** The foot leaves the ground: returns whether a stride has ended. */
    public boolean leave() {
        return close();
    }

    /** Returns the mid-stance at which the stride that ended last had started, s. */
    public double startS() {
        return closedStartS;
    }

    /** Returns the mid-stance at which it ended, s. */
    public double endS() {
        return closedEndS;
    }

    /** Returns its length, m; NaN if unknown. */
    public double lengthM() {
        return closedLengthM;
    }

    private boolean close() {
        if (Double.isNaN(endS)) {
            return false;
        }
        boolean stride = touched && open.isRunning();
        closedStartS = open.startS();
        closedEndS = endS;
        closedLengthM = lengthM;
        Strapdown used = open;
        open = next;
        next = used;
        next.stop();
        touched = false;
        endS = Double.NaN;
        leastTurn2 = Double.POSITIVE_INFINITY;
        return stride;
    }
}
