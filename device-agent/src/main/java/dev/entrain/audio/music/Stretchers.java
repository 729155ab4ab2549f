package dev.entrain.audio.music;

import dev.entrain.music.MusicException;

/** Makes stretchers. Thread-safe. */
@FunctionalInterface
public interface Stretchers {
    /**
     * Makes one.
     *
     * @param rateHz frames per second, 8000 to 192000
     * @throws MusicException if what it needs is not installed, saying what to install
     */
    Stretcher open(int rateHz) throws MusicException;
}
