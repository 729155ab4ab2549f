package dev.entrain.audio;

/** Language of the spoken prompts. */
public enum Language {
    /** English. */
    EN,
    /** German. */
    DE,
    /** Spanish. */
    ES
}
