package dev.entrain.sensor;

/** How a sensor's line is. */
public enum SensorState {
    /** The line is not there, or cannot be opened; it is tried again four times a second. */
    ABSENT,
    /** The line is open, but no reading came within the last second. */
    SILENT,
    /** Readings flow. */
    FLOWING,
    /** Readings flow, but the insole did not say (yet) for which foot: they are held back. */
    FOOT_UNKNOWN,
    /** Readings flow, but the insole is made for the other foot than configured: they are held back. */
    WRONG_FOOT,
    /** Closed for good. */
    CLOSED
}
