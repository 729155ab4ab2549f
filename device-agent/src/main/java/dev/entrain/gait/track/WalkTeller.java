package dev.entrain.gait.track;

import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.Turn;
import dev.entrain.gait.WalkingBout;
import dev.entrain.gait.stride.BoutFinder;
import dev.entrain.gait.stride.TurnFinder;
import dev.entrain.sample.Foot;

/**
 * Knows when both feet touched and left of late, and tells what takes both to know: double support and step time of a
 * stride, walking bouts and turns. Not thread-safe; realtime-safe.
 */
final class WalkTeller {
    /** Contacts remembered of each foot; a power of two. A stride is told two contacts after it began. */
    private static final int KEPT = 8;

    private final BoutFinder bouts = new BoutFinder();
    private final TurnFinder turns = new TurnFinder();
    private final WalkingBout bout = new WalkingBout();
    private final Turn turn = new Turn();
    private final double[][] touched = new double[Foot.COUNT][KEPT];
    private final double[][] left = new double[Foot.COUNT][KEPT];
    private final int[] touches = new int[Foot.COUNT];
    private final int[] leaves = new int[Foot.COUNT];
    private long originNs;

    WalkTeller() {
        forget();
    }

    /** Forgets the walk; times count from {@code originNs} on. */
    void start(long originNs) {
        this.originNs = originNs;
        forget();
    }

    /** The clock was set back at {@code nowS}: what was going on is over. */
    void restart(double nowS, GaitSink sink) {
        endBout(nowS, sink);
        forget();
    }

    /** A foot touched the ground. */
    void contact(Foot foot, double timeS) {
        touched[foot.ordinal()][touches[foot.ordinal()]++ & (KEPT - 1)] = timeS;
        bouts.contact(timeS);
    }

    /** A foot left the ground. */
    void leave(Foot foot, double timeS) {
        left[foot.ordinal()][leaves[foot.ordinal()]++ & (KEPT - 1)] = timeS;
    }

    /** Time passes: tells the end of a bout or a turn. */
    void advance(double nowS, GaitSink sink) {
        if (turns.isOver(nowS)) {
            tellTurn(nowS, sink);
        }
        if (bouts.isOver(nowS)) {
            endBout(nowS, sink);
        }
    }

    /** Completes a stride from contact to contact (s; NaN where not known) and tells it, and the bout and turn it belongs to. */
    void tell(StrideEstimate stride, double fromS, double toS, double nowS, GaitSink sink) {
        int other = stride.foot.other().ordinal();
        double otherTouchS = latestBefore(touched[other], toS);
        boolean within = otherTouchS > fromS;
        stride.withOtherFoot(
                doubleSupport(stride.foot.ordinal(), other, fromS, toS), within ? toS - otherTouchS : Double.NaN);
        sink.onStride(stride);
        if (turns.add(stride.foot, toS(stride.startNs), toS(stride.endNs), stride.turnRad)) {
            tellTurn(nowS, sink);
        }
        if (bouts.add(fromS, toS, stride.lengthM)) {
            tellBout(false, nowS, sink);
        }
    }

    private void forget() {
        bouts.reset();
        turns.reset();
        for (int i = 0; i < Foot.COUNT; i++) {
            for (int k = 0; k < KEPT; k++) {
                touched[i][k] = Double.NaN;
                left[i][k] = Double.NaN;
            }
        }
    }

    private double doubleSupport(int own, int other, double fromS, double toS) {
        double otherLeftS = firstAfter(left[other], fromS);
        double ownLeftS = firstAfter(left[own], fromS);
        double otherTouchS = firstAfter(touched[other], otherLeftS);
        boolean inOrder = otherLeftS < otherTouchS && otherTouchS < ownLeftS && ownLeftS < toS;
        return inOrder ? (otherLeftS - fromS + ownLeftS - otherTouchS) / (toS - fromS) : Double.NaN;
    }

    private static double firstAfter(double[] times, double fromS) {
        double first = Double.NaN;
        for (double time : times) {
            if (time > fromS && !(time >= first)) {
                first = time;
            }
        }
        return first;
    }

    private static double latestBefore(double[] times, double toS) {
        double latest = Double.NaN;
        for (double time : times) {
            if (time < toS && !(time <= latest)) {
                latest = time;
            }
        }
        return latest;
    }

    private void endBout(double nowS, GaitSink sink) {
        if (bouts.strides() >= BoutFinder.LEAST_STRIDES) {
            tellBout(true, nowS, sink);
        }
        bouts.close();
    }

    private void tellBout(boolean over, double nowS, GaitSink sink) {
        bout.over = over;
        bout.startNs = toNs(bouts.startS());
        bout.endNs = toNs(bouts.endS());
        bout.decidedNs = toNs(nowS);
        bout.strides = bouts.strides();
        bout.strideTimeS = bouts.strideTimeS();
        bout.strideTimeCv = bouts.strideTimeCv();
        bout.strideLengthM = bouts.strideLengthM();
        bout.speedMps = bouts.speedMps();
        sink.onWalkingBout(bout);
    }

    private void tellTurn(double nowS, GaitSink sink) {
        turn.startNs = toNs(turns.startS());
        turn.endNs = toNs(turns.endS());
        turn.decidedNs = toNs(nowS);
        turn.angleRad = turns.angleRad();
        turn.strides = turns.strides();
        sink.onTurn(turn);
    }

    private double toS(long timeNs) {
        return (timeNs - originNs) * 1e-9;
    }

    private long toNs(double timeS) {
        return originNs + Math.round(timeS * 1e9);
    }
}
