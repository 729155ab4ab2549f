package dev.entrain.bus;

import java.io.IOException;

/** The GPIO lines of this board, by the number printed on its pinout (BCM numbers on a Raspberry Pi). */
public interface GpioLines extends AutoCloseable {
    /** Receives the edges of an input on a thread of the adapter. */
    interface EdgeListener {
        /**
         * The line changed.
         *
         * @param high its level from now on
         * @param timeNs when, ns of CLOCK_MONOTONIC, as near as the adapter knows
         */
        void edge(boolean high, long timeNs);
    }

    /** An output line. Any thread. */
    interface Output {
        /** Sets the level; a line that does not take it is counted by the adapter and tried at the next change. */
        void set(boolean high);
    }

    /**
     * Listens to a line, pulled up when nobody pulls it down.
     *
     * @param line number, 0 to 53
     * @throws IOException a sentence for a technician: no such line, taken by another, not allowed
     */
    void listen(int line, EdgeListener listener) throws IOException;

    /**
     * Takes a line as an output, low at first.
     *
     * @param line number, 0 to 53
     * @throws IOException a sentence for a technician: no such line, taken by another, not allowed
     */
    Output output(int line) throws IOException;

    @Override
    void close();
}
