package dev.entrain.protocol;

/**
 * Decodes what a host sends, at the insole's end of the line, with the same care as {@link EntrainDecoder}. Messages of
 * insoles (an echoing line) are passed over. Not thread-safe; realtime-safe.
 */
public final class CommandDecoder {
    private static final int PAYLOAD = WireFormat.HEADER_BYTES;
    private static final int FROM_HOST = 0x80;

    private final FrameReader reader = new FrameReader();

    /**
     * Consumes bytes in the order they came.
     *
     * @param bytes buffer; not kept
     * @param offset first byte, within the buffer
     * @param length number of bytes, at least 0
     * @param arrivalNs CLOCK_MONOTONIC when the read that brought them returned
     * @param sink receives each complete command before this method returns
     */
    public void accept(byte[] bytes, int offset, int length, long arrivalNs, CommandSink sink) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            at = reader.feed(bytes, at, end);
            if (reader.intact()) {
                if (dispatch(arrivalNs, sink)) {
                    reader.accept();
                } else {
                    reader.refuse();
                }
            }
        }
    }

    /** Forgets a half-received frame, for a line that was opened anew. Counters stay. */
    public void reset() {
        reader.reset();
    }

    /** Returns frames accepted since construction. */
    public long frames() {
        return reader.frames();
    }

    /** Returns frames dropped since construction: bad length, checksum, version or content. */
    public long framesBad() {
        return reader.framesBad();
    }

    /** Returns bytes that belonged to no accepted frame since construction. */
    public long bytesSkipped() {
        return reader.bytesSkipped();
    }

    private boolean dispatch(long arrivalNs, CommandSink sink) {
        int type = reader.type();
        if (type < FROM_HOST) {
            return true;
        }
        byte[] bytes = reader.bytes();
        int length = reader.payloadLength();
        if (length < WireFormat.TOKEN_BYTES) {
            return false;
        }
        int token = LittleEndian.bits32(bytes, PAYLOAD);
        if (type == Command.HELLO_REQUEST.code()) {
            sink.onHelloRequest(token);
        } else if (type == Command.START.code()) {
            sink.onStart(token);
        } else if (type == Command.STOP.code()) {
            sink.onStop(token);
        } else if (type == Command.PING.code()) {
            sink.onPing(token, arrivalNs);
        } else if (type == Command.SET_RATE.code()) {
            if (length < WireFormat.SET_RATE_BYTES) {
                return false;
            }
            sink.onSetRate(token, LittleEndian.u32(bytes, PAYLOAD + 4) / 1000.0);
        } else if (type == Command.IDENTIFY.code()) {
            if (length < WireFormat.IDENTIFY_BYTES) {
                return false;
            }
            sink.onIdentify(token, LittleEndian.u16(bytes, PAYLOAD + 4));
        } else {
            sink.onUnknown(token, type);
        }
        return true;
    }
}
