package dev.entrain.audio.music;

import dev.entrain.audio.music.SongPlayed.Ended;
import dev.entrain.music.Song;
import java.util.Arrays;

/** What is counted while a song plays. For the music thread; allocates nothing. */
final class SongStatistics {
    private static final double BIN_PCT = 0.1;
    private static final int MIDDLE = 250;

    private final SongPlayed told = new SongPlayed();
    private final int[] stretches = new int[2 * MIDDLE + 1];
    private long fallbacksBefore;
    private boolean heard;

    /** A song is there; it does not sound yet. */
    void begin(Song song) {
        told.copyFrom(new SongPlayed());
        told.hash = song.hash();
        told.title = song.title();
        Arrays.fill(stretches, 0);
        heard = false;
    }

    /** It sounds, for the first time or again. */
    void sounds(long nowNs, long fallbacks) {
        if (!heard) {
            heard = true;
            told.fromNs = nowNs;
            told.toNs = nowNs;
            fallbacksBefore = fallbacks;
        }
    }

    boolean heard() {
        return heard;
    }

    /** Returns when it was heard last, to a beat, ns. */
    long lastNs() {
        return told.toNs;
    }

    /** A planned beat passed. */
    void beat(long nowNs, boolean carried, boolean locked, double tempo) {
        told.beats++;
        told.toNs = nowNs;
        if (!carried) {
            told.clickedBeats++;
        }
        if (locked) {
            told.lockedBeats++;
        }
        double pct = 100 * (tempo - 1);
        stretches[Math.clamp(Math.round(pct / BIN_PCT) + MIDDLE, 0, stretches.length - 1)]++;
        if (Math.abs(pct) > Math.abs(told.stretchMostPct)) {
            told.stretchMostPct = pct;
        }
    }

    void like() {
        told.liked = true;
    }

    /** Tells it all. */
    void end(long nowNs, Ended why, long fallbacks, SongPlayed out) {
        told.toNs = nowNs;
        if (!heard) {
            told.fromNs = nowNs;
            fallbacksBefore = fallbacks;
        }
        told.ended = why;
        told.stretchMedianPct = median();
        out.copyFrom(told);
        out.clickedBeats = Math.min(told.beats, told.clickedBeats + fallbacks - fallbacksBefore);
    }

    private double median() {
        long seen = 0;
        for (int i = 0; i < stretches.length; i++) {
            seen += stretches[i];
            if (2 * seen >= told.beats && told.beats > 0) {
                return (i - MIDDLE) * BIN_PCT;
            }
        }
        return 0;
    }
}
