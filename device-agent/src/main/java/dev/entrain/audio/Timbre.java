package dev.entrain.audio;

/** What a cue sounds like. Each has a left and a right form, told apart by ear and equally loud. */
public enum Timbre {
    /** A struck bar, pitched. */
    BAR
}
