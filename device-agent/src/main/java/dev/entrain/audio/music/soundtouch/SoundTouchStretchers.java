package dev.entrain.audio.music.soundtouch;

import dev.entrain.audio.music.Stretcher;
import dev.entrain.audio.music.Stretchers;
import dev.entrain.music.MusicException;

/** Stretchers of the system's SoundTouch. Thread-safe. */
public final class SoundTouchStretchers implements Stretchers {
    private final SoundTouch library;

    /**
     * Loads the library.
     *
     * @throws MusicException if it is missing, saying what to install
     */
    public SoundTouchStretchers() throws MusicException {
        library = new SoundTouch();
    }

    @Override
    public Stretcher open(int rateHz) throws MusicException {
        return new SoundTouchStretcher(library, rateHz);
    }
}
