package dev.entrain.session;

import java.util.List;

/**
 * A prescription: blocks in order, and what holds for all of them.
 *
 * @param name short name, [a-z0-9-]{1,40}
 * @param title for people
 * @param condition whom it is for
 * @param sessionS longest session, pauses included, s, 60 to 7200
 * @param sessionsPerWeek prescribed, 1 to 14; adherence is counted against it
 * @param tempo how far tempo may go
 * @param freezing what is done about freezing of gait
 * @param blocks at least one
 */
public record Programme(
        String name,
        String title,
        Condition condition,
        double sessionS,
        double sessionsPerWeek,
        Tempo tempo,
        Freezing freezing,
        List<Block> blocks) {
    /** Copies the list. */
    public Programme {
        blocks = List.copyOf(blocks);
    }

    /**
     * Returns a number that differs between programmes that differ in anything, the same on every machine; not hashCode,
     * because that of an enum changes from run to run.
     */
    public int fingerprint() {
        return toString().hashCode();
    }

    /**
     * How far tempo may go from the baseline cadence C0.
     *
     * @param startPct first cue tempo against C0, %, -20 to 10
     * @param stepPct one step of progress, %, 0 to 5; 0 for no progress
     * @param ceilingPct greatest tempo against C0, %, -20 to 10
     * @param minCadenceSpm no progress while C0 is below, steps/min, 0 to 120; 0 for no bound
     * @param minSpeedMps no progress while the baseline's speed is below, m/s, 0 to 2; 0 for no bound; an unknown speed
     *     is no reason against
     */
    public record Tempo(double startPct, double stepPct, double ceilingPct, double minCadenceSpm, double minSpeedMps) {}

    /**
     * What is done at freezing of gait.
     *
     * @param cue whether beats are given on demand, in uncued blocks too
     * @param tempoPct their tempo against the walker's before the freeze, %, -30 to 0
     * @param beats fewest beats of one answer, 8 to 40
     */
    public record Freezing(boolean cue, double tempoPct, int beats) {}
}
