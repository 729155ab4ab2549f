package dev.entrain.protocol;

import java.util.zip.CRC32C;

/**
 * Cuts a byte stream into intact frames of our major version, in either direction. Keeps at most one frame. Not
 * thread-safe; realtime-safe.
 */
final class FrameReader {
    private final byte[] frame = new byte[WireFormat.MAX_ENCODED_BYTES];
    private final CRC32C crc = new CRC32C();
    private int held;
    private boolean overlong;
    private int payloadLength = -1;

    private long frames;
    private long framesBad;
    private long framesOtherMajor;
    private int lastOtherMajor;
    private long bytesSkipped;

    /**
     * Consumes bytes up to the end of one frame. When {@link #intact()} holds afterwards, the caller looks at the payload
     * and settles it with {@link #accept()} or {@link #refuse()} before it feeds on.
     *
     * @return index of the first byte not consumed, over from unless from equals to
     */
    int feed(byte[] bytes, int from, int to) {
        payloadLength = -1;
        for (int at = from; at < to; at++) {
            byte value = bytes[at];
            if (value == WireFormat.DELIMITER) {
                endFrame();
                return at + 1;
            }
            if (overlong) {
                bytesSkipped++;
            } else if (held == frame.length) {
                overlong = true;
                framesBad++;
                bytesSkipped += held + 1;
                held = 0;
            } else {
                frame[held++] = value;
            }
        }
        return to;
    }

    /** Whether the last feed ended with a frame whose checksum and major version are right. */
    boolean intact() {
        return payloadLength >= 0;
    }

    /** Message type of the intact frame. */
    int type() {
        return LittleEndian.u8(frame, 1);
    }

    /** Bytes that hold the payload of the intact frame, from {@link WireFormat#HEADER_BYTES}. */
    byte[] bytes() {
        return frame;
    }

    /** Payload bytes of the intact frame. */
    int payloadLength() {
        return payloadLength;
    }

    /** Counts the intact frame as taken. */
    void accept() {
        frames++;
    }

    /** Counts the intact frame as dropped because of what it says. */
    void refuse() {
        framesBad++;
        bytesSkipped += payloadLength + WireFormat.MIN_RAW_BYTES + 2;
    }

    /** Forgets a half-received frame. */
    void reset() {
        bytesSkipped += held;
        held = 0;
        overlong = false;
        payloadLength = -1;
    }

    long frames() {
        return frames;
    }

    long framesBad() {
        return framesBad;
    }

    long framesOtherMajor() {
        return framesOtherMajor;
    }

    int lastOtherMajor() {
        return lastOtherMajor;
    }

    long bytesSkipped() {
        return bytesSkipped;
    }

    private void endFrame() {
        int length = held;
        held = 0;
        if (overlong || length == 0) {
            overlong = false;
            bytesSkipped++;
            return;
        }
        int rawLength = Cobs.decode(frame, 0, length, frame, 0);
        if (rawLength < WireFormat.MIN_RAW_BYTES || !checksumHolds(rawLength)) {
            framesBad++;
            bytesSkipped += length + 1;
            return;
        }
        int major = LittleEndian.u8(frame, 0) >> 4;
        if (major != WireFormat.MAJOR) {
            framesBad++;
            framesOtherMajor++;
            lastOtherMajor = major;
            bytesSkipped += length + 1;
            return;
        }
        payloadLength = rawLength - WireFormat.MIN_RAW_BYTES;
    }

    private boolean checksumHolds(int rawLength) {
        int covered = rawLength - WireFormat.CRC_BYTES;
        crc.reset();
        crc.update(frame, 0, covered);
        return (int) crc.getValue() == LittleEndian.bits32(frame, covered);
    }
}
