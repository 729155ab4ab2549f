package dev.entrain.closedloop;

import java.util.List;

/**
 * What the audit from outside the core found in a session.
 *
 * @param patient kind of patient
 * @param seed the seed
 * @param lengthS simulated time, s
 * @param heard beats that reached the patient
 * @param mostSlewPct fastest change of tempo, %/s
 * @param afterStop beats heard after a stop
 * @param outOfRange beats of a tempo outside 40 to 160 a minute
 * @param tooFastAfterFreeze beats faster than before a freeze
 * @param falseTrips stops by a rule without its reason: over 115 % of the beat, or a near-fall
 * @param violations rules broken, in words with their times in s of the simulation
 */
public record LoopChecks(
        String patient,
        long seed,
        double lengthS,
        int heard,
        double mostSlewPct,
        int afterStop,
        int outOfRange,
        int tooFastAfterFreeze,
        int falseTrips,
        List<String> violations) {
    /** Copies the list. */
    public LoopChecks {
        violations = List.copyOf(violations);
    }
}
