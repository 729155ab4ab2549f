package dev.entrain.agent;

import dev.entrain.audio.music.SongPlayed;
import dev.entrain.audio.music.SongPlayed.Ended;

/** Whether a song was walked in step to its end, also where it paused on the way. For one thread. */
final class SongWalk {
    /** At least this share of its beats. */
    private static final double SHARE = 0.7;

    /** A shorter piece of a song is none, beats. */
    private static final int LEAST_BEATS = 40;

    /** A song that comes back later begins anew: the player has forgotten where it was. */
    private static final long PAUSE_NS = 75_000_000_000L;

    private String hash = "";
    private long toNs;
    private long beats;
    private long locked;

    /** Takes a playing; returns whether it ended a song that was walked in step. */
    boolean take(SongPlayed played) {
        if (!played.hash.equals(hash) || played.fromNs - toNs > PAUSE_NS) {
            hash = played.hash;
            beats = 0;
            locked = 0;
        }
        toNs = played.toNs;
        beats += played.beats;
        locked += played.lockedBeats;
        if (played.ended == Ended.STOPPED) {
            return false;
        }
        hash = "";
        return played.ended == Ended.END && beats >= LEAST_BEATS && locked >= SHARE * beats;
    }
}
