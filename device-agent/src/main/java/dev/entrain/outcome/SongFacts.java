package dev.entrain.outcome;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one playing of a song besides its times.
 *
 * @param hash names the song: 16 hexadecimal digits of its files' SHA-256
 * @param title what people call it; null unless the patient agreed that it may be told
 * @param beats beats that were due while it played
 * @param clickedBeats those of them that the click carried alone, because the music was late
 * @param lockedBeats those of them at which the walker was locked, as the unit judged then
 * @param stretchMedianPct heard tempo over the song's own minus 1, median over its beats, %; NaN where not known
 * @param stretchMostPct the same where it is farthest from 0, with its sign, %; NaN where not known
 * @param ended why it stopped
 * @param liked whether the walker said that he likes it while it played
 */
public record SongFacts(
        String hash,
        @Nullable String title,
        int beats,
        int clickedBeats,
        int lockedBeats,
        double stretchMedianPct,
        double stretchMostPct,
        Ended ended,
        boolean liked) {
    /** Why a song stopped. */
    public enum Ended {
        /** It was over. */
        END,
        /** The walker asked for another one. */
        SKIPPED,
        /** The steps went where it could not be stretched to. */
        TEMPO,
        /** The beats stopped. */
        STOPPED,
        /** Its file, or what reads it, failed. */
        FAULT
    }
}
