package dev.entrain.sim.walk;

/**
 * Decides what the feet do, move by move. The model asks at the time the walker named in the move before, so a walker
 * may listen to the world (cues) until the very moment a heel rises: its decisions are causal.
 *
 * <p>A step is decided at its heel-off, which is about 1.2 step times before its initial contact and shortly before the
 * contralateral initial contact: one step ahead, as people do.
 */
@FunctionalInterface
public interface Walker {
    /**
     * Fills in the next move.
     *
     * @param nowNs time of the decision, ns; 0 for the first, then the last move's {@link Move#nextDecisionNs}
     * @param move filled in by the walker
     */
    void decide(long nowNs, Move move);
}
