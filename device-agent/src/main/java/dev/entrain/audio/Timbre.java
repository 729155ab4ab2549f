package dev.entrain.audio;

/**
 * What a cue sounds like. Each timbre has a left and a right form, told apart by ear, and a plain and an accented one.
 * All are equally loud at the same level ({@link Voices}), so that another timbre never startles.
 */
public enum Timbre {
    /** A wood block: short, pitched. The best heard by older ears and over small headphones. */
    WOOD,
    /** A soft hand drum: lower and longer. */
    DRUM,
    /** A click: the shortest. */
    CLICK,
    /** A heel on snow (left) and on gravel (right): a burst of noise without a pitch. */
    SWISH
}
