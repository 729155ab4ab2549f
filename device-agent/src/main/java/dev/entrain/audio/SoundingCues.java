package dev.entrain.audio;

import java.util.Arrays;

/** The cues that sound now, each from its own frame with its own gain. For one thread; realtime-safe. */
final class SoundingCues {
    /** Sounds at once; a further one replaces the one nearest its end. */
    static final int MOST = 16;

    private static final int FADES_PER_S = 200;

    private final float[][] sound = new float[MOST][];
    private final int[] startsIn = new int[MOST];
    private final int[] position = new int[MOST];
    private final float[] gain = new float[MOST];
    private final int[] fadeLeft = new int[MOST];
    private int sounding;
    private int fadeFrames;

    SoundingCues() {
        Arrays.fill(sound, new float[0]);
    }

    /** Cuts everything off; from now on at a rate, Hz. */
    void cut(int rateHz) {
        sounding = 0;
        fadeFrames = rateHz / FADES_PER_S;
    }

    /** Fades everything within 5 ms of the next frame. */
    void fade() {
        for (int i = 0; i < sounding; i++) {
            if (fadeLeft[i] < 0) {
                fadeLeft[i] = fadeFrames;
            }
        }
    }

    /**
     * Adds a sound.
     *
     * @param samples mono, full scale 1; kept, not copied
     * @param inFrames frames from the next one rendered to its first
     * @param level factor
     */
    void start(float[] samples, int inFrames, float level) {
        if (sounding == MOST) {
            removeSound(nearestItsEnd());
        }
        sound[sounding] = samples;
        startsIn[sounding] = inFrames;
        position[sounding] = 0;
        gain[sounding] = level;
        fadeLeft[sounding] = -1;
        sounding++;
    }

    /** Adds the next frames of everything that sounds to the left channel. */
    void mix(float[] stereo, int frames) {
        for (int i = sounding - 1; i >= 0; i--) {
            mix(i, stereo, frames);
        }
    }

    private int nearestItsEnd() {
        int nearest = 0;
        for (int i = 1; i < sounding; i++) {
            if (sound[i].length - position[i] < sound[nearest].length - position[nearest]) {
                nearest = i;
            }
        }
        return nearest;
    }

    private void mix(int index, float[] stereo, int frames) {
        float[] from = sound[index];
        float level = gain[index];
        int at = position[index];
        int out = startsIn[index];
        int fade = fadeLeft[index];
        float fadeStep = 1f / fadeFrames;
        for (; out < frames && at < from.length && fade != 0; out++) {
            float sample = from[at++] * level;
            if (fade > 0) {
                fade--;
                sample *= fade * fadeStep;
            }
            stereo[2 * out] += sample;
        }
        position[index] = at;
        startsIn[index] = 0;
        fadeLeft[index] = fade;
        if (at == from.length || fade == 0) {
            removeSound(index);
        }
    }

    private void removeSound(int index) {
        sounding--;
        sound[index] = sound[sounding];
        startsIn[index] = startsIn[sounding];
        position[index] = position[sounding];
        gain[index] = gain[sounding];
        fadeLeft[index] = fadeLeft[sounding];
    }
}
