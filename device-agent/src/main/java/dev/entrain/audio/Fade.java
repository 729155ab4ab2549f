package dev.entrain.audio;

/** A fade to silence along half a period of a cosine. Mutable, for one thread; realtime-safe. */
final class Fade {
    private int frames;

    /** Starts at full level and is silent from the last of so many frames on; 0 is silent at once. */
    void over(int newFrames) {
        frames = newFrames;
    }

    /** Returns the factor of a frame, the first being 0. */
    float factor(int frame) {
        return frame + 1 >= frames ? 0 : (float) (0.5 + 0.5 * Math.cos(Math.PI * (frame + 1) / frames));
    }
}
