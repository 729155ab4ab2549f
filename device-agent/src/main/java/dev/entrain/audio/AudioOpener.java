package dev.entrain.audio;

/** Opens one kind of output, again after each failure. */
public interface AudioOpener {
    /**
     * Opens the output, not started yet. The calling thread is the one that must use and close it.
     *
     * @throws AudioException if it cannot be opened now
     */
    AudioOutput open() throws AudioException;

    /** Returns what it opens, for a person: {@code sound card 'default'}. */
    String describe();
}
