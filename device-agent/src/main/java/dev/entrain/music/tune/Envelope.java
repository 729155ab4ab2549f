package dev.entrain.music.tune;

/** How a note swells and fades: linear attack, exponential fall to a sustained level, exponential release. Not thread-safe. */
final class Envelope {
    private static final double SILENT = 1e-4;
    private static final int RATE_HZ = TuneRenderer.RATE_HZ;

    private final double attackStep;
    private final double fall;
    private final double sustain;
    private final double release;
    private long gate;
    private double level;
    private boolean risen;

    /**
     * Makes one.
     *
     * @param attackS time to full level, s; 0 for at once
     * @param fallS time constant of the fall, s
     * @param sustain level fallen to, 0 to 1
     * @param releaseS time constant of the release, s
     * @param heldS how long the note is held, s
     */
    Envelope(double attackS, double fallS, double sustain, double releaseS, double heldS) {
        attackStep = attackS <= 0 ? 1 : 1 / (attackS * RATE_HZ);
        fall = StrictMath.exp(-1 / (fallS * RATE_HZ));
        release = StrictMath.exp(-1 / (releaseS * RATE_HZ));
        this.sustain = sustain;
        gate = Math.round(heldS * RATE_HZ);
    }

    /** Returns the next frame's level. */
    double next() {
        if (gate-- <= 0) {
            level *= release;
        } else if (!risen) {
            level = Math.min(1, level + attackStep);
            risen = level >= 1;
        } else {
            level = sustain + (level - sustain) * fall;
        }
        return level;
    }

    /** Returns whether nothing more is heard of it. */
    boolean over() {
        return level < SILENT && (gate <= 0 || (risen && sustain == 0));
    }
}
