package dev.entrain.protocol;

/** Which foot an insole says it is made for. */
public enum Side {
    /** Not told; the configuration decides. */
    UNKNOWN,
    /** Left. */
    LEFT,
    /** Right. */
    RIGHT
}
