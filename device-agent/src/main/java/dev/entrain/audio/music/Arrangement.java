package dev.entrain.audio.music;

/**
 * How much of the arrangement is heard, from its barest to all of it. A song in parts keeps its first part and adds the
 * others one after the other; any other song is heard through a low-pass filter that opens. Neither changes faster than from
 * end to end in {@value #WHOLE_S} s, so nobody is startled. Not thread-safe; allocates nothing.
 */
final class Arrangement {
    /** From barest to whole, s. */
    static final double WHOLE_S = 5;

    private static final double BARE_HZ = 1_200;
    private static final double OPEN_HZ = 16_000;

    /** Over the last of the way the filter gives way to the sound itself. */
    private static final double DRY_FROM = 0.9;

    private static final double DAMPING = Math.sqrt(2);

    private final int rateHz;
    private double open = 1;
    private double low;
    private double band;

    Arrangement(int rateHz) {
        this.rateHz = rateHz;
    }

    /** Begins with another sound, at an openness. */
    void begin(double at) {
        open = at;
        low = 0;
        band = 0;
    }

    /** Moves towards an openness for so many frames; returns where it is, 0 (barest) to 1. */
    double move(double target, int frames) {
        double most = frames / (WHOLE_S * rateHz);
        open += Math.clamp(target - open, -most, most);
        return open;
    }

    /** Returns the gain of a part, 0 to 1. */
    static float gain(double open, int part, int parts) {
        return part == 0 ? 1 : (float) Math.clamp(open * (parts - 1) - (part - 1), 0, 1);
    }

    /**
     * Filters in place: a state variable filter, which may be tuned while it runs (Zavalishin, "The Art of VA Filter Design",
     * 2012, topology preserving transform).
     */
    void filter(float[] mono, int frames) {
        if (open >= 1) {
            low = 0;
            band = 0;
            return;
        }
        double hz = Math.min(BARE_HZ * Math.pow(OPEN_HZ / BARE_HZ, Math.min(1, open / DRY_FROM)), 0.45 * rateHz);
        double dry = Math.max(0, (open - DRY_FROM) / (1 - DRY_FROM));
        double g = Math.tan(Math.PI * hz / rateHz);
        double h = 1 / (1 + DAMPING * g + g * g);
        for (int i = 0; i < frames; i++) {
            double in = mono[i];
            double high = (in - (DAMPING + g) * band - low) * h;
            double middle = g * high + band;
            band = g * high + middle;
            double out = g * middle + low;
            low = g * middle + out;
            mono[i] = (float) (dry * in + (1 - dry) * out);
        }
    }
}
