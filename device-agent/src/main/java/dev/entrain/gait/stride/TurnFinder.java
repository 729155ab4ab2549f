package dev.entrain.gait.stride;

import dev.entrain.sample.Foot;

/**
 * Finds turns in the directions of both feet, stride by stride. A turn goes on while strides turn to one side by more
 * than a straight stride's feet point apart by chance, and counts from 45 degrees (El-Gohary et al. 2013, there from the
 * trunk). Not thread-safe; realtime-safe.
 */
public final class TurnFinder {
    /** A stride turns from this angle, rad: feet that walk straight point apart by 4 degrees (SD) from stride to stride. */
    private static final double STRIDE_RAD = Math.toRadians(10);

    /** A turn has at least this angle, rad. */
    private static final double LEAST_RAD = Math.toRadians(45);

    /** A foot that made no stride for longer says nothing, s; a turn without strides for so long is over. */
    private static final double SILENT_S = 3.0;

    private final double[] angleRad = new double[Foot.COUNT];
    private final boolean[] straight = new boolean[Foot.COUNT];
    private final double[] lastS = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    private boolean open;
    private double side;
    private double fromS;
    private double toS;
    private int count;
    private double startS;
    private double endS;
    private double turnRad;
    private int strides;

    /** Forgets an open turn. */
    public void reset() {
        open = false;
        lastS[0] = Double.NEGATIVE_INFINITY;
        lastS[1] = Double.NEGATIVE_INFINITY;
    }

    /**
     * Consumes a stride from mid-stance to mid-stance, s.
     *
     * @param strideRad by how much the foot turned, rad, positive to the left; NaN if unknown
     * @return whether this ended a turn, whose figures are in {@link #startS()} and so on
     */
    public boolean add(Foot foot, double strideStartS, double strideEndS, double strideRad) {
        int f = foot.ordinal();
        lastS[f] = Math.max(lastS[f], strideEndS);
        boolean turns = Math.abs(strideRad) >= STRIDE_RAD;
        if (open && turns && Math.signum(strideRad) == side && strideStartS - toS < SILENT_S) {
            extend(f, strideStartS, strideEndS, strideRad);
            return false;
        }
        boolean told = false;
        if (open) {
            straight[f] = true;
            int other = foot.other().ordinal();
            boolean otherGoesOn = !straight[other] && strideEndS - lastS[other] < SILENT_S;
            if (turns || !otherGoesOn) {
                told = close();
            }
        }
        if (!open && turns) {
            open = true;
            side = Math.signum(strideRad);
            fromS = strideStartS;
            toS = strideEndS;
            count = 0;
            for (int i = 0; i < Foot.COUNT; i++) {
                angleRad[i] = 0;
                straight[i] = false;
            }
            extend(f, strideStartS, strideEndS, strideRad);
        }
        return told;
    }

    /** Returns whether an open turn is over because the feet stand; its figures are then valid. */
    public boolean isOver(double nowS) {
        return open && nowS - toS > SILENT_S && close();
    }

    /** Returns the mid-stance at which the turn began, s. */
    public double startS() {
        return startS;
    }

    /** Returns the mid-stance at which it ended, s. */
    public double endS() {
        return endS;
    }

    /** Returns its angle, rad, positive to the left. */
    public double angleRad() {
        return turnRad;
    }

    /** Returns the number of turning strides. */
    public int strides() {
        return strides;
    }

    private void extend(int f, double strideStartS, double strideEndS, double strideRad) {
        straight[f] = false;
        angleRad[f] += strideRad;
        fromS = Math.min(fromS, strideStartS);
        toS = Math.max(toS, strideEndS);
        count++;
    }

    private boolean close() {
        open = false;
        double sum = 0;
        int feet = 0;
        for (int i = 0; i < Foot.COUNT; i++) {
            // A foot that made no stride since the turn began was not seen turning or not.
            if (lastS[i] > fromS) {
                sum += angleRad[i];
                feet++;
            }
        }
        turnRad = sum / Math.max(1, feet);
        startS = fromS;
        endS = toS;
        strides = count;
        return Math.abs(turnRad) >= LEAST_RAD;
    }
}
