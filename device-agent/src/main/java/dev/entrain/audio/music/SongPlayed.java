package dev.entrain.audio.music;

/** How a song was heard, told once when it ended or was left. A mutable view that the ring reuses. */
public final class SongPlayed {
    /** Why it ended. */
    public enum Ended {
        /** It was over. */
        END,
        /** Another one was asked for. */
        SKIPPED,
        /** The beats went where it can't be stretched to. */
        TEMPO,
        /** Beats or the walk ended, or music had to pause; the song may go on, which is told as another playing. */
        STOPPED,
        /** Its file could not be read any further, or not in time. */
        FAULT
    }

    /** Its name everywhere. */
    public String hash = "";

    /** Its title. */
    public String title = "";

    /** When its first frame was heard, CLOCK_MONOTONIC, ns; about 0.1 s early. */
    public long fromNs;

    /** When it ended, ns. */
    public long toNs;

    /** Beats planned while it played. */
    public long beats;

    /** Those of them that clicks alone told, because the music was not ready or not on the beat. */
    public long clickedBeats;

    /** Those of them at which the walker was in step. */
    public long lockedBeats;

    /** Median of its stretch, %: how much faster than its own tempo. */
    public double stretchMedianPct;

    /** The stretch farthest from 0, %. */
    public double stretchMostPct;

    /** Why it ended. */
    public Ended ended = Ended.END;

    /** Whether the walker said that he likes it while it played. */
    public boolean liked;

    /** Copies every field of another view into this one. */
    public void copyFrom(SongPlayed other) {
        hash = other.hash;
        title = other.title;
        fromNs = other.fromNs;
        toNs = other.toNs;
        beats = other.beats;
        clickedBeats = other.clickedBeats;
        lockedBeats = other.lockedBeats;
        stretchMedianPct = other.stretchMedianPct;
        stretchMostPct = other.stretchMostPct;
        ended = other.ended;
        liked = other.liked;
    }
}
