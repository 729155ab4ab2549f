package dev.entrain.journal;

import org.jspecify.annotations.Nullable;

/** Where the journal's thread hears of songs. Both methods are called by that thread alone. */
public interface SongSource {
    /** No music. */
    SongSource NONE = new SongSource() {
        @Override
        public @Nullable SongRecord next() {
            return null;
        }

        @Override
        public boolean playing() {
            return false;
        }
    };

    /** Returns the next song that is over, each once, in the order of their ends; null if none waits. Does not wait. */
    @Nullable
    SongRecord next();

    /** Returns whether a song sounds, or is over and not yet given by {@link #next}: the end of a session waits for it. */
    boolean playing();
}
