package dev.entrain.music.tune;

/** A note that sounds. Not thread-safe. */
interface Sounding {
    /** Returns the next frame of it. */
    double next();

    /** Returns whether nothing more comes. */
    boolean over();
}
