package dev.entrain.closedloop;

import dev.entrain.outcome.SessionData;
import java.util.List;

/**
 * What came of a simulated session.
 *
 * @param data the facts as the unit kept them
 * @param truth what the patient really did; its times less {@code originNs} are those of {@code data}
 * @param originNs start of the session in the simulation, ns
 * @param heardNs onsets of the beats heard, ns of the simulation, in order
 * @param checks whether the rules of safety held
 */
public record LoopResult(SessionData data, LoopTruth truth, long originNs, List<Long> heardNs, LoopChecks checks) {
    /** Copies the list. */
    public LoopResult {
        heardNs = List.copyOf(heardNs);
    }

    /** Returns the rules broken, in words with their times; see {@link LoopChecks}. */
    public List<String> violations() {
        return checks.violations();
    }
}
