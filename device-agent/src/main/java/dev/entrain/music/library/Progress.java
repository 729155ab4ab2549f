package dev.entrain.music.library;

/** Hears how far the adding of one song is. */
@FunctionalInterface
public interface Progress {
    /**
     * Called some times a second, on the thread that adds.
     *
     * @param share of the song's work that is done, 0 to 1
     * @return false to stop: nothing of the song is kept
     */
    boolean reached(double share);
}
