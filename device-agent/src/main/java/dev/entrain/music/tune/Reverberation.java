package dev.entrain.music.tune;

/**
 * A small room: four delays that feed each other through a mirror (feedback delay network; Jot and Chaigne 1991, AES 90),
 * the highs dying sooner. Linear, so the rooms of single parts add up to the room of the mix. Not thread-safe.
 */
final class Reverberation {
    private static final int[] DELAYS = {1483, 1933, 2311, 2843};
    private static final int BEFORE = 720;
    private static final double DECAY_S = 1.1;
    private static final double DAMPING = 0.35;
    private static final double MINUS_60_DB = -6.907755;

    private final double[][] lines = new double[DELAYS.length][];
    private final double[] gains = new double[DELAYS.length];
    private final double[] damped = new double[DELAYS.length];
    private final int[] at = new int[DELAYS.length];
    private final double[] before = new double[BEFORE];
    private int beforeAt;

    Reverberation() {
        for (int i = 0; i < DELAYS.length; i++) {
            lines[i] = new double[DELAYS[i]];
            gains[i] = StrictMath.exp(MINUS_60_DB * DELAYS[i] / (DECAY_S * TuneRenderer.RATE_HZ));
        }
    }

    /** Returns what the room answers to the next frame. */
    double next(double in) {
        double late = before[beforeAt];
        before[beforeAt] = in;
        beforeAt = beforeAt + 1 == BEFORE ? 0 : beforeAt + 1;
        double sum = 0;
        for (int i = 0; i < DELAYS.length; i++) {
            damped[i] += (1 - DAMPING) * (gains[i] * lines[i][at[i]] - damped[i]);
            sum += damped[i];
        }
        double mirror = sum / 2;
        for (int i = 0; i < DELAYS.length; i++) {
            lines[i][at[i]] = late + damped[i] - mirror;
            at[i] = at[i] + 1 == DELAYS[i] ? 0 : at[i] + 1;
        }
        return (damped[0] - damped[1] + damped[2] - damped[3]) / 2;
    }
}
