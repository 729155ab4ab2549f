package dev.entrain.cuetest.peer;

import java.io.IOException;

/** One way of playing a sound at once. Used by one thread at a time. */
interface Strike extends AutoCloseable {
    /** Returns what was opened, with its buffer. */
    String describe();

    /**
     * Plays the sound now.
     *
     * @throws IOException if it can't
     */
    void strike() throws IOException;

    @Override
    void close();
}
