package dev.entrain.sim.patient;

/** Words a patient acts upon; others do not change what he does. */
public enum Spoken {
    /** Walk, or walk on. */
    WALK,
    /** Stop walking and stand. */
    STOP,
    /** Turn round and walk on. */
    TURN
}
