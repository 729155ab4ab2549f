package dev.entrain.clinic.store;

import org.jspecify.annotations.Nullable;

/**
 * A song of a session that ended, as the unit told it.
 *
 * @param hash 16 hexadecimal digits
 * @param title null where the unit tells none
 * @param startS from the session's start, s
 * @param endS the same of its end
 * @param metrics one JSON object
 */
public record NewSong(
        String hash,
        @Nullable String title,
        double startS,
        double endS,
        @Nullable Double walkedS,
        @Nullable Integer steps,
        @Nullable Integer beats,
        @Nullable Integer clickedBeats,
        @Nullable Integer lockedBeats,
        @Nullable Double stretchMedianPct,
        @Nullable Double stretchMostPct,
        @Nullable String ended,
        boolean liked,
        String metrics) {
    /** Returns the same without what it is called. */
    NewSong withoutTitle() {
        return new NewSong(
                hash,
                null,
                startS,
                endS,
                walkedS,
                steps,
                beats,
                clickedBeats,
                lockedBeats,
                stretchMedianPct,
                stretchMostPct,
                ended,
                liked,
                metrics);
    }
}
