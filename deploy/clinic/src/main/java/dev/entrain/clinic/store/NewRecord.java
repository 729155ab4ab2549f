package dev.entrain.clinic.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came, checked.
 *
 * @param seq its sequence number, at least 1
 * @param kind its kind
 * @param session the session it names, or null
 * @param timeNs CLOCK_MONOTONIC of its boot, or null
 * @param body one JSON object: its fields but seq, kind, session and t_ns
 * @param facts what the tables beside {@code record} take from it, or null
 */
public record NewRecord(
        long seq,
        String kind,
        @Nullable String session,
        @Nullable Long timeNs,
        String body,
        @Nullable Facts facts) {
    /** What is kept a second time, where questions are asked of it. */
    public sealed interface Facts permits ClockFact, Started, Ended {}

    /**
     * What the monotonic clock means.
     *
     * @param utc the wall-clock time at {@code timeNs}
     * @param errorS how far that may be off, s
     */
    public record ClockFact(long timeNs, Instant utc, double errorS) implements Facts {}

    /** A session began. */
    public record Started(Plan plan) implements Facts {}

    /**
     * A session ended.
     *
     * @param startedNs its begin, or null
     * @param end why
     * @param songs those the unit told of
     */
    public record Ended(
            Plan plan,
            @Nullable Long startedNs,
            @Nullable String end,
            @Nullable Double walkedS,
            @Nullable Double cuedS,
            List<NewSong> songs)
            implements Facts {
        /** Returns the same without what its songs are called. */
        Ended withoutTitles() {
            return new Ended(
                    plan,
                    startedNs,
                    end,
                    walkedS,
                    cuedS,
                    songs.stream().map(NewSong::withoutTitle).toList());
        }
    }

    /** What was to be done; both records of a session say it. */
    public record Plan(
            @Nullable String programme,
            @Nullable String condition,
            @Nullable Boolean simulated,
            @Nullable Double sessionsPerWeek,
            @Nullable Double plannedCuedS) {}
}
