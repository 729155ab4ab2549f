package dev.entrain.outcome;

import dev.entrain.session.Block;
import dev.entrain.session.SessionEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session came to.
 *
 * @param id of the session
 * @param programme its programme's name
 * @param condition lower case
 * @param startedUtc as far as the unit knew it
 * @param simulated whether a simulated patient walked
 * @param durationS from the first block's start to the last one's end, s
 * @param cuedS time in cued blocks, pauses not counted, s
 * @param baselineSpm C0; NaN if none was found
 * @param finalLevelPct last target tempo against C0, %; NaN where there was none
 * @param stepsBack how often the target tempo went down
 * @param rules how often a safety rule stopped the cues or ended the session; the patient's own button among them
 * @param end how it ended; null while it goes on or if the unit never said
 * @param parts figures of the whole session, of its cued and uncued parts, of each block as walked, and of each song
 */
public record SessionSummary(
        String id,
        String programme,
        String condition,
        Instant startedUtc,
        boolean simulated,
        double durationS,
        double cuedS,
        double baselineSpm,
        double finalLevelPct,
        int stepsBack,
        int rules,
        SessionEvent.@Nullable End end,
        List<Part> parts) {
    /** Copies the list. */
    public SessionSummary {
        parts = List.copyOf(parts);
    }

    /** Returns the part of a scope other than BLOCK and SONG. */
    public Part part(Scope scope) {
        for (Part part : parts) {
            if (part.scope() == scope) {
                return part;
            }
        }
        throw new IllegalArgumentException("no part " + scope);
    }

    /** Returns the figures of the songs, in the order of {@link SessionData#songs}. */
    public List<Part> songs() {
        return parts.stream().filter(part -> part.scope() == Scope.SONG).toList();
    }

    /** Which part of a session figures are of. */
    public enum Scope {
        /** All of it but rests. */
        ALL,
        /** All cued blocks. */
        CUED,
        /** All uncued blocks but rests. */
        UNCUED,
        /** One block as walked. */
        BLOCK,
        /** What was walked while one song played. */
        SONG
    }

    /**
     * Figures of one part.
     *
     * @param block the block's kind of a BLOCK; null otherwise
     * @param index place of a BLOCK in {@link SessionData#blocks}, of a SONG in {@link SessionData#songs}; -1 for other scopes
     * @param startS start of a BLOCK or SONG, s from the session's start; NaN otherwise
     * @param durationS its length, s; of a SONG without rests
     * @param metrics every {@link MetricName} in order
     */
    public record Part(
            Scope scope, Block.@Nullable Kind block, int index, double startS, double durationS, List<Metric> metrics) {
        /** Copies the list. */
        public Part {
            metrics = List.copyOf(metrics);
        }

        /** Returns one figure. */
        public Metric metric(MetricName name) {
            return metrics.get(name.ordinal());
        }
    }
}
