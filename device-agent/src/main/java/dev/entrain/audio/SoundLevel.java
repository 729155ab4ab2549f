package dev.entrain.audio;

/**
 * What the audio thread tells of the sound it rendered, and by how much it shall lower it. Thread-safe; the audio thread
 * alone writes what is told, one other thread alone says what shall be.
 */
public final class SoundLevel {
    private volatile double exposure;
    private volatile double fastPeak;
    private volatile double targetDb;
    private volatile double attenuationDb;

    /**
     * Returns the A-weighted energy of everything rendered since the start: the mean square relative to a full-scale sine,
     * times seconds. Frames that were rendered and taken back before they were heard are in it: it is a little too much.
     */
    public double exposureS() {
        return exposure;
    }

    /** Returns the greatest A-weighted Fast level so far, dB relative to a full-scale sine; minus infinity before any sound. */
    public double fastMaxDb() {
        return 10 * Math.log10(fastPeak);
    }

    /** Returns by how much sound is lowered at this moment, dB, at least 0. */
    public double attenuationDb() {
        return attenuationDb;
    }

    /**
     * Asks for all sound to be lowered by so much, dB, at least 0. The audio thread goes there by
     * {@link HearingGuard#RAMP_DB_PER_S} dB a second; it starts there if nothing was rendered yet.
     */
    public void attenuate(double db) {
        if (!(db >= 0)) {
            throw new IllegalArgumentException("db must be at least 0, not " + db);
        }
        targetDb = db;
    }

    double targetDb() {
        return targetDb;
    }

    void told(double newExposure, double newFastPeak, double newAttenuationDb) {
        exposure = newExposure;
        fastPeak = newFastPeak;
        attenuationDb = newAttenuationDb;
    }
}
