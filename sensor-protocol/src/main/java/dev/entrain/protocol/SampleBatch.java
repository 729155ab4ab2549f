package dev.entrain.protocol;

/**
 * Samples on their way into one frame. Begin, add until full or {@link #count()} is what was wanted, encode, begin anew.
 * Not thread-safe; realtime-safe.
 */
public final class SampleBatch {
    private final DeviceProfile profile;
    private final boolean wide;
    private final int sampleBytes;
    private final int capacity;
    private final byte[] samples = new byte[WireFormat.MAX_PAYLOAD_BYTES - WireFormat.SAMPLES_HEADER_BYTES];
    private final double accPerMps2;
    private final double gyrPerRadps;
    private int seq;
    private long firstTicks;
    private long intervalParts;
    private int count;

    /** Makes an empty batch for an insole; its ranges, ticks and pressure cells go into each frame. */
    public SampleBatch(DeviceProfile profile) {
        this.profile = profile;
        wide = profile.pressureBits() == 16;
        sampleBytes = WireFormat.sampleBytes(profile.pressureCells(), wide);
        capacity = samples.length / sampleBytes;
        accPerMps2 = WireFormat.RAW_FULL_SCALE / WireFormat.accRangeMps2(profile.accRangeMilliG());
        gyrPerRadps = WireFormat.RAW_FULL_SCALE / WireFormat.gyrRangeRadps(profile.gyrRangeDeciDps());
    }

    /**
     * Empties the batch.
     *
     * @param newSeq running number of the first sample, 32 bit, wraps
     * @param newFirstTicks device counter at the first sample; bits above the counter's width are cut off
     * @param newIntervalParts ticks between samples times {@link WireFormat#INTERVAL_PARTS_PER_TICK}, 1 to 4294967295
     */
    public void begin(int newSeq, long newFirstTicks, long newIntervalParts) {
        DeviceProfile.check("intervalParts", newIntervalParts, 1, 0xffff_ffffL);
        seq = newSeq;
        firstTicks = newFirstTicks & (1L << profile.tickBits()) - 1;
        intervalParts = newIntervalParts;
        count = 0;
    }

    /** Returns how many samples one frame can hold, 4 to 18. */
    public int capacity() {
        return capacity;
    }

    /** Returns how many samples were added since begin. */
    public int count() {
        return count;
    }

    /**
     * Adds a sample of raw sensor values; its pressure cells are 0 until set.
     *
     * @throws IllegalStateException if the batch is full
     */
    public void addRaw(short ax, short ay, short az, short gx, short gy, short gz) {
        if (count == capacity) {
            throw new IllegalStateException("batch is full: " + capacity + " samples");
        }
        int at = count * sampleBytes;
        LittleEndian.put16(samples, at, ax);
        LittleEndian.put16(samples, at + 2, ay);
        LittleEndian.put16(samples, at + 4, az);
        LittleEndian.put16(samples, at + 6, gx);
        LittleEndian.put16(samples, at + 8, gy);
        LittleEndian.put16(samples, at + 10, gz);
        for (int i = at + WireFormat.IMU_BYTES; i < at + sampleBytes; i++) {
            samples[i] = 0;
        }
        count++;
    }

    /**
     * Adds a sample in SI units, rounded to the raw steps and cut at the ranges like a sensor does; NaN becomes 0.
     *
     * @throws IllegalStateException if the batch is full
     */
    public void add(double axMps2, double ayMps2, double azMps2, double gxRadps, double gyRadps, double gzRadps) {
        addRaw(
                raw(axMps2 * accPerMps2),
                raw(ayMps2 * accPerMps2),
                raw(azMps2 * accPerMps2),
                raw(gxRadps * gyrPerRadps),
                raw(gyRadps * gyrPerRadps),
                raw(gzRadps * gyrPerRadps));
    }

    /**
     * Sets a pressure cell of the last sample added.
     *
     * @param cell 0 to the insole's number of cells - 1
     * @param raw 0 to full scale, 255 or 65535
     */
    public void setPressureRaw(int cell, int raw) {
        if (count == 0 || cell < 0 || cell >= profile.pressureCells()) {
            throw new IllegalArgumentException("no cell " + cell + " in sample " + (count - 1));
        }
        int at = (count - 1) * sampleBytes + WireFormat.IMU_BYTES;
        if (wide) {
            LittleEndian.put16(samples, at + 2 * cell, raw);
        } else {
            samples[at + cell] = (byte) raw;
        }
    }

    /** Sets a pressure cell of the last sample added, as a fraction of its full scale, cut to 0 to 1. */
    public void setPressure(int cell, double fraction) {
        double cut = Math.clamp(fraction, 0.0, 1.0);
        setPressureRaw(cell, (int) Math.round(cut * (wide ? 0xffff : 0xff)));
    }

    /** Writes the payload; the batch must not be empty and its last sample's ticks must be unambiguous. */
    void putInto(FrameWriter writer) {
        if (count == 0) {
            throw new IllegalStateException("batch is empty");
        }
        if (!spanOk(count, intervalParts, profile.tickBits())) {
            throw new IllegalStateException("batch lasts longer than half the range of the tick counter");
        }
        writer.put32(seq)
                .put64(firstTicks)
                .put32((int) profile.ticksPerSecond())
                .put32((int) intervalParts)
                .put16(profile.accRangeMilliG())
                .put16(profile.gyrRangeDeciDps())
                .put8(profile.tickBits())
                .put8(count)
                .put8(profile.pressureCells())
                .put8(wide ? WireFormat.FLAG_PRESSURE_16_BIT : 0)
                .putBytes(samples, count * sampleBytes);
    }

    /** Whether first and last sample of a batch are less than half the counter's range apart, and not at one time. */
    static boolean spanOk(int count, long intervalParts, int tickBits) {
        if (count == 1) {
            return true;
        }
        long spanTicks = (count - 1) * intervalParts / WireFormat.INTERVAL_PARTS_PER_TICK;
        return intervalParts != 0 && spanTicks < 1L << (tickBits - 1);
    }

    private static short raw(double value) {
        return (short) Math.clamp(Math.round(value), Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
