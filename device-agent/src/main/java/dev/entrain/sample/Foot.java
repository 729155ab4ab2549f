package dev.entrain.sample;

import java.util.Locale;

/** A foot of the walker. */
public enum Foot {
    /** The walker's left foot. */
    LEFT,
    /** The walker's right foot. */
    RIGHT;

    private static final Foot[] VALUES = values();

    /** Number of feet, for arrays indexed by {@link #ordinal()}. */
    public static final int COUNT = VALUES.length;

    /** Returns the foot with this ordinal. Realtime-safe. */
    public static Foot of(int ordinal) {
        return VALUES[ordinal];
    }

    /** Returns the contralateral foot. Realtime-safe. */
    public Foot other() {
        return this == LEFT ? RIGHT : LEFT;
    }

    /** Returns {@code L} or {@code R}, as recordings and telemetry spell it. Realtime-safe. */
    public char letter() {
        return this == LEFT ? 'L' : 'R';
    }

    /** Returns {@code left} or {@code right}, for people. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
