package dev.entrain.cli;

import dev.entrain.audio.music.NowPlaying;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in one line which song plays, once for each. Not thread-safe. */
final class SongLine {
    private static final int WIDTH = 79;

    private String told = "";

    /**
     * Returns the line of a song that was not told yet; null where there is nothing to say.
     *
     * @param now what plays; null while clicks are alone
     * @param terminal whether it replaces a status line
     */
    @Nullable
    String news(@Nullable NowPlaying now, boolean terminal) {
        if (now == null || now.song().hash().equals(told)) {
            return null;
        }
        told = now.song().hash();
        String text = String.format(
                Locale.ROOT, "plays: %s (%+.0f %% of its own tempo)", now.song().title(), now.stretchPct());
        return terminal ? "\r" + text + " ".repeat(Math.max(0, WIDTH - text.length())) : text;
    }
}
