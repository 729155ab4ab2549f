package dev.entrain.protocol;

/**
 * Turns the bytes of a serial line into messages, whatever the bytes are: never throws on content, counts what it drops,
 * finds the next good frame by itself. Not thread-safe; realtime-safe (allocates nothing per reading).
 */
public interface StreamDecoder {
    /**
     * Consumes bytes in the order they came.
     *
     * @param bytes buffer; not kept
     * @param offset first byte, within the buffer
     * @param length number of bytes, at least 0
     * @param arrivalNs CLOCK_MONOTONIC when the read that brought them returned
     * @param sink receives each complete message before this method returns
     */
    void accept(byte[] bytes, int offset, int length, long arrivalNs, MessageSink sink);

    /** Forgets a half-received frame, for a line that was opened anew. Counters stay. */
    void reset();

    /** Returns frames accepted since construction. */
    long frames();

    /** Returns frames dropped since construction: bad length, checksum, version or content. */
    long framesBad();

    /** Returns bytes that belonged to no accepted frame since construction. */
    long bytesSkipped();
}
