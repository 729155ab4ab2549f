package dev.entrain.protocol.imu;

import dev.entrain.protocol.Reading;

/** One reading of an LSM6 with its time stamp, and the running number that the time stamps tell. */
final class StampedReading {
    final Reading reading = new Reading();
    private final long mask;
    private final double ticksPerReading;
    private boolean stamped;
    private long lastTicks;

    StampedReading(int tickBits, double ticksPerSecond, double rateHz) {
        mask = (1L << tickBits) - 1;
        // Rate and time stamp come from one oscillator, so that their ratio holds whatever it does.
        ticksPerReading = Lsm6.TICKS_PER_SECOND / rateHz;
        reading.tickBits = tickBits;
        reading.ticksPerSecond = ticksPerSecond;
    }

    void forgetTime() {
        stamped = false;
    }

    void gyr(byte[] bytes, int at) {
        reading.gxRadps = word(bytes, at) * Lsm6.GYR_RADPS;
        reading.gyRadps = word(bytes, at + 2) * Lsm6.GYR_RADPS;
        reading.gzRadps = word(bytes, at + 4) * Lsm6.GYR_RADPS;
    }

    void acc(byte[] bytes, int at) {
        reading.axMps2 = word(bytes, at) * Lsm6.ACC_MPS2;
        reading.ayMps2 = word(bytes, at + 2) * Lsm6.ACC_MPS2;
        reading.azMps2 = word(bytes, at + 4) * Lsm6.ACC_MPS2;
    }

    /** Gives the reading its time, and its number by how much time went by since the last. */
    void stamp(long ticks, long arrivalNs) {
        long step = stamped ? Math.round(((ticks - lastTicks) & mask) / ticksPerReading) : 1;
        reading.seq += (int) Math.max(1, step);
        stamped = true;
        lastTicks = ticks;
        reading.deviceTicks = ticks;
        reading.arrivalNs = arrivalNs;
    }

    private static int word(byte[] bytes, int at) {
        return (short) ((bytes[at] & 0xff) | (bytes[at + 1] << 8));
    }
}
