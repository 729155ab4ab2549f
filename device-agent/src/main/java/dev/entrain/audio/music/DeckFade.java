package dev.entrain.audio.music;

/** Brings a deck in and out along a quarter of a sine, so that two decks that cross stay as loud. Not thread-safe. */
final class DeckFade {
    private double at;
    private double step;

    /** Begins at silence and is whole after so many frames. */
    void in(double frames) {
        at = 0;
        step = 1 / Math.max(1, frames);
    }

    /** Goes to silence from where it is, within what is left of so many frames. */
    void out(double frames) {
        step = -1 / Math.max(1, frames);
    }

    /** Goes back up from where it is. */
    void back(double frames) {
        step = 1 / Math.max(1, frames);
    }

    /** Returns where it is, 0 (silent) to 1. */
    double at() {
        return at;
    }

    boolean leaving() {
        return step < 0;
    }

    /** Returns whether nothing is left of it. */
    boolean gone() {
        return step < 0 && at <= 0;
    }

    /** Adds a block with the fade and a gain. */
    void add(float[] from, float[] to, int frames, float gain) {
        double before = Math.sin(Math.PI / 2 * at);
        at = Math.clamp(at + step * frames, 0, 1);
        double after = Math.sin(Math.PI / 2 * at);
        double grows = (after - before) / frames;
        for (int i = 0; i < frames; i++) {
            to[i] += (float) (from[i] * gain * (before + grows * i));
        }
    }
}
