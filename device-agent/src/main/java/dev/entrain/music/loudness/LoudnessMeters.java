package dev.entrain.music.loudness;

import dev.entrain.music.MusicException;

/** Makes meters with the system's libebur128. Thread-safe. */
public final class LoudnessMeters {
    private final Ebur128 library;

    /**
     * Loads the library.
     *
     * @throws MusicException if it is missing, with the package to install
     */
    public LoudnessMeters() throws MusicException {
        this(Ebur128.LIBRARY);
    }

    LoudnessMeters(String libraryName) throws MusicException {
        library = new Ebur128(libraryName);
    }

    /** Returns the library's name and version. */
    public String version() {
        return library.version();
    }

    /**
     * Returns a meter of one song.
     *
     * @param rateHz frames per second
     * @param channels of each frame, 1 to 64
     */
    public LoudnessMeter open(int rateHz, int channels) {
        return new LoudnessMeter(library, rateHz, channels);
    }
}
