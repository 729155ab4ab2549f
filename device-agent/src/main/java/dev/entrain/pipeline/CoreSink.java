package dev.entrain.pipeline;

import dev.entrain.cue.CueSink;
import dev.entrain.gait.GaitSink;
import dev.entrain.sample.Foot;
import dev.entrain.session.SessionEvent;
import dev.entrain.session.SessionSink;

/** Receives everything the control core says. Arguments are reused views, valid until the method returns. */
public interface CoreSink extends GaitSink, CueSink, SessionSink {
    /** A step and its beat; follows the initial contact it tells about. */
    void onStep(StepReport step);

    /**
     * A foot sent nothing for more than {@link ControlCore#GAP_NS} and then went on.
     *
     * @param fromNs time of the last sample before
     * @param toNs time of the first sample after
     */
    void onSensorGap(Foot foot, long fromNs, long toNs);

    /** Something happened to the session; a walk without a programme tells only of rules that acted. */
    @Override
    default void onSessionEvent(SessionEvent event) {}
}
