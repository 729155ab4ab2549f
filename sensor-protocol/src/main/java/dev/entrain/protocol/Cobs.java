package dev.entrain.protocol;

/**
 * Consistent overhead byte stuffing (Cheshire and Baker, 1999) for frames of at most {@link WireFormat#MAX_RAW_BYTES}
 * bytes. The bound makes the encoded form exactly one byte longer than the raw one and unique: the code 0xFF, about which
 * implementations of the general method disagree, cannot occur. Thread-safe; realtime-safe.
 */
public final class Cobs {
    private static final int MAX_CODE = WireFormat.MAX_RAW_BYTES + 1;

    private Cobs() {}

    /**
     * Encodes bytes so that none is zero; writes no delimiter.
     *
     * @param raw source, 0 to {@link WireFormat#MAX_RAW_BYTES} bytes from rawOffset
     * @param out destination with room for length + 1 bytes from outOffset, not overlapping the source
     * @return length + 1
     * @throws IllegalArgumentException if length is out of range
     */
    public static int encode(byte[] raw, int rawOffset, int length, byte[] out, int outOffset) {
        if (length < 0 || length > WireFormat.MAX_RAW_BYTES) {
            throw new IllegalArgumentException("cannot stuff " + length + " bytes");
        }
        int codeAt = outOffset;
        int code = 1;
        for (int i = 0; i < length; i++) {
            byte value = raw[rawOffset + i];
            if (value == 0) {
                out[codeAt] = (byte) code;
                codeAt = outOffset + 1 + i;
                code = 1;
            } else {
                out[outOffset + 1 + i] = value;
                code++;
            }
        }
        out[codeAt] = (byte) code;
        return length + 1;
    }

    /**
     * Decodes the bytes between two delimiters.
     *
     * @param encoded source without delimiters; no byte of it may be zero
     * @param out destination with room for length - 1 bytes from outOffset; may be the source itself at the same offset
     * @return length - 1, or -1 if the bytes are not an encoded frame (empty, too long, a code that points past the end)
     */
    public static int decode(byte[] encoded, int encodedOffset, int length, byte[] out, int outOffset) {
        if (length < 1 || length > MAX_CODE) {
            return -1;
        }
        int end = encodedOffset + length;
        int codeAt = encodedOffset;
        int to = outOffset;
        while (codeAt < end) {
            int code = encoded[codeAt] & 0xff;
            int next = codeAt + code;
            if (code == 0 || next > end) {
                return -1;
            }
            for (int i = codeAt + 1; i < next; i++) {
                out[to++] = encoded[i];
            }
            if (next < end) {
                out[to++] = 0;
            }
            codeAt = next;
        }
        return length - 1;
    }
}
