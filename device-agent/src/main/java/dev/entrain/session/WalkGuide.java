package dev.entrain.session;

import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.Turn;

/** What stands above the cue planner in a walk: a programme, or only the rules that hold without one. */
public sealed interface WalkGuide permits SessionEngine, PlainWalk {
    /** Takes a gait event, before the planner does. */
    void onGaitEvent(GaitEvent gait);

    /** Takes a stride. */
    void onStride(StrideEstimate stride);

    /** Takes a turn. */
    void onTurn(Turn turn);

    /**
     * Takes a step and how it lies to the beat.
     *
     * @param timeNs initial contact, ns
     * @param paired whether a beat lies within half a period
     * @param asynchronyNs step minus beat, ns
     */
    void onStep(long timeNs, boolean paired, long asynchronyNs);

    /** The patient pressed the button. */
    void press(Press press, long nowNs);

    /** Charge of the unit's own battery, %, 0 to 100. */
    void unitBattery(int percent);

    /** Lets time pass up to a cycle, before the planner's. */
    void advance(long nowNs);

    /** Silences the cues at once; they come back only by a press, or where there is no programme by the agent. */
    void stop(long nowNs);

    /** Returns whether nothing changes by time alone while no sensor speaks. */
    boolean idle();
}
