package dev.entrain.audio;

import java.util.Arrays;

/** The last milliseconds of everything that sounded when silence was asked for. For one thread; realtime-safe. */
final class FadingTail {
    private float[] sound = new float[0];
    private int frames;
    private int position;

    /** Is silent; can hold so many frames from now on. Realtime-safe unless it must hold more than before. */
    void cut(int mostFrames) {
        if (sound.length < 2 * mostFrames) {
            sound = new float[2 * mostFrames];
        }
        cut();
    }

    /** Is silent. */
    void cut() {
        frames = 0;
        position = 0;
    }

    /**
     * Takes a sound over.
     *
     * @param stereo left and right in turn, the left one counts
     * @param count how many frames of it
     * @param fade lowers it
     * @param done how many frames of the fade came before
     */
    void take(float[] stereo, int count, Fade fade, int done) {
        Arrays.fill(sound, 0);
        for (int i = 0; i < count; i++) {
            sound[2 * i] = stereo[2 * i] * fade.factor(done + i);
        }
        frames = count;
        position = 0;
    }

    /** Adds the next frames to the left channel. */
    void mix(float[] stereo, int count) {
        int end = Math.min(count, frames - position);
        for (int i = 0; i < end; i++) {
            stereo[2 * i] += sound[2 * (position + i)];
        }
        position += end;
    }
}
