package dev.entrain.gait;

/** Receives what a tracker decides. Every argument is a reused view, valid until the method returns. */
public interface GaitSink {
    /** An event of the gait cycle. */
    void onGaitEvent(GaitEvent event);

    /** A new belief about when a foot will touch next; replaces the foot's earlier ones. */
    void onContactPrediction(ContactPrediction prediction);

    /** The phase of the foot that the current sample belongs to; called once per sample. */
    void onFootPhase(FootPhase phase);

    /** A stride that has ended. */
    void onStride(StrideEstimate stride);

    /** A walking bout has begun (at its fourth stride) or is over. */
    default void onWalkingBout(WalkingBout bout) {}

    /** A turn is over. */
    default void onTurn(Turn turn) {}

    /** A new belief about how a foot's sensor sits; told when it changes. */
    default void onAlignment(FootAlignment alignment) {}
}
