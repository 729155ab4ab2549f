package dev.entrain.gait.track;

import dev.entrain.gait.FootAlignment;
import dev.entrain.gait.FootAlignment.State;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.alignment.MountingWatch;
import dev.entrain.gait.alignment.SwingAxis;
import dev.entrain.sample.Foot;

/** Tells how a foot's sensor sits when there is something new to tell. Not thread-safe; realtime-safe. */
final class AlignmentReport {
    /** A confidence that moved by less is no news. */
    private static final double NEWS = 0.1;

    /** A direction that moved by more is news: 5 degrees. */
    private static final double NEWS_COS = 0.9962;

    /** Probability above which, or below whose complement, it is told whether the feet are swapped. */
    private static final double SURE = 0.9;

    private final FootAlignment view = new FootAlignment();
    private boolean told;
    private double toldConfidence;
    private int toldSides;
    private boolean toldClipped;

    AlignmentReport(Foot foot) {
        view.foot = foot;
    }

    void tell(
            State state,
            long timeNs,
            SwingAxis axis,
            MountingWatch watch,
            double vote,
            double swapped,
            boolean clipped,
            GaitSink sink) {
        boolean known = state != State.SEARCHING;
        double confidence = known ? watch.confidence(axis, vote) : 0;
        int sides = swapped > SURE ? 1 : swapped < 1 - SURE ? -1 : 0;
        boolean moved = known && axis.rate(view.axisX, view.axisY, view.axisZ) < NEWS_COS;
        boolean news = !told
                || state != view.state
                || moved
                || Math.abs(confidence - toldConfidence) > NEWS
                || sides != toldSides
                || clipped != toldClipped;
        if (!news) {
            return;
        }
        told = true;
        toldConfidence = confidence;
        toldSides = sides;
        toldClipped = clipped;
        view.timeNs = timeNs;
        view.state = state;
        view.axisX = known ? axis.x() : Double.NaN;
        view.axisY = known ? axis.y() : Double.NaN;
        view.axisZ = known ? axis.z() : Double.NaN;
        view.upX = watch.upX();
        view.upY = watch.upY();
        view.upZ = watch.upZ();
        view.confidence = confidence;
        view.swapped = swapped;
        view.clipped = clipped;
        sink.onAlignment(view);
    }
}
