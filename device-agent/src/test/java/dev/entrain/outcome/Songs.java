package dev.entrain.outcome;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Music put into sessions that were made without. */
public final class Songs {
    /** The hash of a song that nobody wrote. */
    public static final String HASH = "0123456789abcdef";

    private Songs() {}

    /** A song without a failing beat. */
    public static SessionData.Song song(double fromS, double toS, String hash, @Nullable String title) {
        int beats = (int) ((toS - fromS) * 1.8);
        return new SessionData.Song(
                fromS,
                toS,
                new SongFacts(hash, title, beats, 2, beats * 3 / 4, -2.5, -4.25, SongFacts.Ended.END, true));
    }

    /** The same session with music. */
    public static SessionData in(SessionData data, List<SessionData.Song> songs) {
        return new SessionData(
                data.id(),
                data.programme(),
                data.condition(),
                data.startedUtc(),
                data.baselineSpm(),
                data.simulated(),
                data.blocks(),
                data.steps(),
                data.cues(),
                data.strides(),
                data.freezes(),
                data.events(),
                songs);
    }
}
