package dev.entrain.music.beat;

import java.util.Arrays;

/** A growing row of numbers. Not thread-safe. */
final class FloatTrack {
    private float[] values = new float[4096];
    private int size;

    void add(float value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + size / 2);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    /** Returns the row, without what was kept free. */
    float[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
