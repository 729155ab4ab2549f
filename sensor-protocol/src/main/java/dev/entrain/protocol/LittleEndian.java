package dev.entrain.protocol;

/** Reads and writes little-endian integers, byte by byte so that nothing need be aligned. Thread-safe; realtime-safe. */
final class LittleEndian {
    private LittleEndian() {}

    static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }

    static short i16(byte[] bytes, int at) {
        return (short) u16(bytes, at);
    }

    /** An unsigned 32-bit value in the bits of an int; token and sequence numbers stay that way. */
    static int bits32(byte[] bytes, int at) {
        return u16(bytes, at) | u16(bytes, at + 2) << 16;
    }

    static long u32(byte[] bytes, int at) {
        return bits32(bytes, at) & 0xffff_ffffL;
    }

    static long bits64(byte[] bytes, int at) {
        return u32(bytes, at) | u32(bytes, at + 4) << 32;
    }

    static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >> 8);
    }

    static void put32(byte[] bytes, int at, int value) {
        put16(bytes, at, value);
        put16(bytes, at + 2, value >> 16);
    }

    static void put64(byte[] bytes, int at, long value) {
        put32(bytes, at, (int) value);
        put32(bytes, at + 4, (int) (value >> 32));
    }
}
