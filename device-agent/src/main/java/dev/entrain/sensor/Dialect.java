package dev.entrain.sensor;

/** What a sensor speaks. */
public enum Dialect {
    /** The insole wire protocol of PROTOCOL.md. */
    ENTRAIN,
    /** WitMotion's WT901 family, WITMOTION.md. */
    WITMOTION
}
