package dev.entrain.closedloop;

import dev.entrain.outcome.SessionData;
import java.util.List;

/**
 * What came of a simulated session.
 *
 * @param patient kind of patient
 * @param seed the seed
 * @param data the facts as the unit kept them
 * @param truth what the patient really did; its times less {@code originNs} are those of {@code data}
 * @param originNs start of the session in the simulation, ns
 * @param lengthS simulated time, s
 * @param heardNs onsets of the beats heard, ns of the simulation, in order
 * @param mostSlewPct fastest change of tempo, %/s
 * @param afterStop beats heard after a stop
 * @param outOfRange beats of a tempo outside 40 to 160 a minute
 * @param tooFastAfterFreeze beats faster than before a freeze
 * @param falseTrips stops by a rule without its reason: over 115 % of the beat, or a near-fall
 * @param violations rules broken, in words with their times
 */
public record LoopResult(
        String patient,
        long seed,
        SessionData data,
        LoopTruth truth,
        long originNs,
        double lengthS,
        long[] heardNs,
        double mostSlewPct,
        int afterStop,
        int outOfRange,
        int tooFastAfterFreeze,
        int falseTrips,
        List<String> violations) {}
