package dev.entrain.cuetest;

import java.util.Arrays;

/**
 * Finds where sounds begin in a stream that was captured digitally, to a tenth of a frame. A sound begins where the
 * signal rises over a threshold and over three times what was there a millisecond before, so that a tail that still sounds
 * is no onset; the place within the frame is the crossing of that level on the straight line between two frames.
 *
 * <p>Found is where the level is passed, later than the very beginning by a constant of the sound. Over a tail the level is the
 * tail's, so an onset there is found late, by under a millisecond. Sounds that begin within {@value #DEAD_MS} ms of another
 * are part of it. A noise has to stay under the threshold: a microphone's signal is not for this class.
 *
 * <p>Blocks may be of any length. Not thread-safe; allocates only as its list grows.
 */
public final class OnsetFinder {
    /** No second onset within this time, ms: shorter than half the distance of any two cues. */
    private static final int DEAD_MS = 25;

    /** How far back the level before an onset is looked up, s: about the attack of a struck sound. */
    private static final double BACK_S = 0.001;

    /** How slowly the level falls, s: slower than the tails of the cue sounds (12 ms), so that no tail rises over it. */
    private static final double FALL_S = 0.015;

    private static final double RISE = 3;

    private final double threshold;
    private final double fall;
    private final long deadFrames;
    private final double[] levels;
    private double level;
    private double before;
    private long frame;
    private long lastOnset;
    private double[] onsets = new double[64];
    private int count;

    /**
     * Makes a finder for one stream.
     *
     * @param rateHz frames per second
     * @param threshold level that silence stays under and every sound soon exceeds, full scale 1; a hundredth of the peak
     *     serves clean streams
     */
    public OnsetFinder(int rateHz, double threshold) {
        if (rateHz <= 0 || !(threshold > 0)) {
            throw new IllegalArgumentException("rate and threshold must be over 0, not " + rateHz + ", " + threshold);
        }
        this.threshold = threshold;
        fall = Math.exp(-1 / (FALL_S * rateHz));
        deadFrames = (long) rateHz * DEAD_MS / 1000;
        levels = new double[Math.max(1, (int) Math.round(BACK_S * rateHz))];
        lastOnset = -deadFrames;
    }

    /**
     * Goes on with the stream.
     *
     * @param samples one channel, or the louder of two at each frame
     * @param length how many of them
     */
    public void accept(float[] samples, int length) {
        for (int i = 0; i < length; i++) {
            accept(Math.abs(samples[i]));
        }
    }

    /** Returns every onset so far, in frames since the start of the stream, ascending. */
    public double[] onsets() {
        return Arrays.copyOf(onsets, count);
    }

    private void accept(double size) {
        int slot = (int) (frame % levels.length);
        double sought = Math.max(threshold, RISE * levels[slot]);
        if (size > sought && frame - lastOnset >= deadFrames) {
            lastOnset = frame;
            // Where the frame before was above already, a quiet start grew past a falling level: this frame it is.
            double within = before >= sought ? 1 : (sought - before) / (size - before);
            add(frame - 1 + within);
        }
        level = Math.max(size, level * fall);
        levels[slot] = level;
        before = size;
        frame++;
    }

    private void add(double onset) {
        if (count == onsets.length) {
            onsets = Arrays.copyOf(onsets, 2 * count);
        }
        onsets[count++] = onset;
    }
}
