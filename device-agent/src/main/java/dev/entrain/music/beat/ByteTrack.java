package dev.entrain.music.beat;

import java.util.Arrays;

/** A growing row of levels, a byte each: {@value #STEPS_PER_DB} steps a dB from {@value #LEAST_DB} dB. Not thread-safe. */
final class ByteTrack {
    static final int STEPS_PER_DB = 2;
    static final int LEAST_DB = -110;

    private static final double[] POWER = new double[256];
    private static final double[] AMPLITUDE = new double[256];

    static {
        for (int i = 1; i < 256; i++) {
            POWER[i] = Math.pow(10, (i / (double) STEPS_PER_DB + LEAST_DB) / 10);
            AMPLITUDE[i] = Math.sqrt(POWER[i]);
        }
    }

    private byte[] values = new byte[16_384];
    private int size;

    /** Appends a power (1 = full scale); what lies outside the range is kept at its edge. */
    void addPower(double power) {
        double db = 10 * Math.log10(power + 1e-20);
        add((int) Math.round((db - LEAST_DB) * STEPS_PER_DB));
    }

    private void add(int step) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + size / 2);
        }
        values[size++] = (byte) Math.clamp(step, 0, 255);
    }

    int size() {
        return size;
    }

    /** Returns the level at {@code i} in steps, 0 to 255; outside the row 0. */
    int step(int i) {
        return i < 0 || i >= size ? 0 : values[i] & 0xFF;
    }

    /** Returns the power of a level in steps; nothing at 0. */
    static double power(int step) {
        return POWER[step];
    }

    /** Returns the amplitude of a level in steps; nothing at 0. */
    static double amplitude(int step) {
        return AMPLITUDE[step];
    }
}
