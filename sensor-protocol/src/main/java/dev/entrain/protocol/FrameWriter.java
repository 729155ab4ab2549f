package dev.entrain.protocol;

import java.util.zip.CRC32C;

/** Builds one frame at a time. Not thread-safe; realtime-safe. */
final class FrameWriter {
    private final byte[] raw = new byte[WireFormat.MAX_RAW_BYTES];
    private final CRC32C crc = new CRC32C();
    private int length;

    /** Starts a frame of this message type, forgetting any other. */
    FrameWriter begin(int type) {
        raw[0] = (byte) (WireFormat.MAJOR << 4 | WireFormat.MINOR);
        raw[1] = (byte) type;
        length = WireFormat.HEADER_BYTES;
        return this;
    }

    FrameWriter put8(int value) {
        raw[length++] = (byte) value;
        return this;
    }

    FrameWriter put16(int value) {
        LittleEndian.put16(raw, length, value);
        length += 2;
        return this;
    }

    FrameWriter put32(int value) {
        LittleEndian.put32(raw, length, value);
        length += 4;
        return this;
    }

    FrameWriter put64(long value) {
        LittleEndian.put64(raw, length, value);
        length += 8;
        return this;
    }

    FrameWriter putBytes(byte[] bytes, int count) {
        System.arraycopy(bytes, 0, raw, length, count);
        length += count;
        return this;
    }

    /**
     * Ends the frame and writes it as it goes on the line.
     *
     * @return bytes written, delimiter included
     * @throws IllegalArgumentException if they do not fit
     */
    int finish(byte[] out, int offset) {
        if (out.length - offset < length + WireFormat.CRC_BYTES + 2) {
            throw new IllegalArgumentException(
                    "no room for a frame: give " + WireFormat.MAX_FRAME_BYTES + " bytes, and it always fits");
        }
        crc.reset();
        crc.update(raw, 0, length);
        put32((int) crc.getValue());
        int encoded = Cobs.encode(raw, 0, length, out, offset);
        out[offset + encoded] = WireFormat.DELIMITER;
        return encoded + 1;
    }
}
