package dev.entrain.sim.walk;

import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;

/** Receives what really happened, in time order, as the model's time passes it. */
public interface TruthSink {
    /** A sink that forgets everything. */
    TruthSink NONE = new TruthSink() {
        @Override
        public void onEvent(GaitEvent.Kind kind, Foot foot, long timeNs) {}

        @Override
        public void onStride(Foot foot, long startNs, long endNs, double lengthM) {}

        @Override
        public void onTurn(long startNs, long endNs, double angleDeg) {}
    };

    /**
     * An event.
     *
     * @param kind INITIAL_CONTACT, FINAL_CONTACT, FOOT_FLAT, FREEZE_ON, FREEZE_OFF or NEAR_FALL
     * @param foot the foot; of no meaning for a freeze
     * @param timeNs when, ns; exact, not rounded to a sample
     */
    void onEvent(GaitEvent.Kind kind, Foot foot, long timeNs);

    /**
     * A stride that has ended.
     *
     * @param foot the foot
     * @param startNs mid-stance before the swing, ns
     * @param endNs mid-stance after the swing, ns
     * @param lengthM horizontal distance the sensor went between them, m
     */
    void onStride(Foot foot, long startNs, long endNs, double lengthM);

    /**
     * The shape of the stride that {@link #onStride} has just told.
     *
     * @param foot the foot
     * @param clearanceM greatest height of the sensor over its place at rest, m, at a reading
     * @param turnRad by how much the foot points elsewhere, rad, positive to the left
     */
    default void onStrideShape(Foot foot, double clearanceM, double turnRad) {}

    /**
     * A turn whose last step is under way.
     *
     * @param startNs heel-off of its first step, ns
     * @param endNs initial contact of its last step, ns
     * @param angleDeg its angle, deg, positive to the left
     */
    void onTurn(long startNs, long endNs, double angleDeg);

    /**
     * A sensor that begins to slip.
     *
     * @param foot the foot it sits on
     * @param startNs when it begins to turn, ns
     * @param endNs when it sits fast again, ns
     * @param angleDeg how far it turns, deg
     */
    default void onSlip(Foot foot, long startNs, long endNs, double angleDeg) {}
}
