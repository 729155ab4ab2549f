package dev.entrain.cuetest;

/**
 * One place where a known sound was found in a recording.
 *
 * @param lagFrames where its first frame is, frames from the first frame searched, between two frames where it falls so
 * @param amplitude its size as a factor of the known sound; below 0 where the polarity is turned
 * @param likeness normalised correlation with the known sound, 0 to 1: what a filter, an echo or noise leaves of it
 * @param noiseRatio its size over the noise of the correlation
 * @param firmness by how many standard deviations of that noise it beats the next best place within 4 ms, which would be one
 *     swing of the sound away
 */
record Arrival(double lagFrames, double amplitude, double likeness, double noiseRatio, double firmness) {
    /** Below this, what was found may be anything. */
    static final double LEAST_LIKENESS = 0.3;

    /** Of the noise's own peaks over a search the highest reaches about 4.5. */
    static final double LEAST_NOISE_RATIO = 8;

    /** One in 30,000 onsets of Gaussian noise at this bound would be told one swing off. */
    static final double LEAST_FIRMNESS = 4;

    /** Returns whether it is the sound, and on that swing, beyond reasonable doubt. */
    boolean certain() {
        return likeness >= LEAST_LIKENESS && noiseRatio >= LEAST_NOISE_RATIO && firmness >= LEAST_FIRMNESS;
    }
}
