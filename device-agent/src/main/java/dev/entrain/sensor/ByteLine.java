package dev.entrain.sensor;

import org.jspecify.annotations.Nullable;

/** A line of bytes that may vanish and come back. Used by one thread. */
public interface ByteLine {
    /** Longest wait of {@link #read}, ms. */
    int READ_WAIT_MS = 100;

    /** {@link #read} found that the line is gone. */
    int GONE = -1;

    /** Opens the line, empty; returns null, or why it cannot be and what to do, as a sentence for a technician. */
    @Nullable
    String open();

    /**
     * Waits at most {@link #READ_WAIT_MS} for bytes.
     *
     * @return number of bytes read, 0 if none came, or {@link #GONE}
     */
    int read(byte[] into);

    /** Writes bytes; false if the line did not take them all. */
    boolean write(byte[] bytes, int length);

    /** Closes the line if it is open. */
    void close();
}
