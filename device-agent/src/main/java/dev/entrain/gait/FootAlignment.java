package dev.entrain.gait;

import dev.entrain.sample.Foot;

/** How the sensor of a foot sits, as far as its movements show. A mutable view that its producer reuses. */
public final class FootAlignment {
    /** What is known. */
    public enum State {
        /** The foot has not moved enough yet. */
        SEARCHING,
        /** Axis and sign are known. */
        FOUND,
        /** They are known anew: the sensor had turned on its foot, or the first belief was wrong. */
        CHANGED
    }

    /** The foot. */
    public Foot foot = Foot.LEFT;

    /** Time of the newest sample this is based on, ns. */
    public long timeNs;

    /** What is known. */
    public State state = State.SEARCHING;

    /** Swing axis in sensor axes, a unit vector; a right-handed turn about it lifts the toes. NaN while searching. */
    public double axisX = Double.NaN;

    /** See {@link #axisX}. */
    public double axisY = Double.NaN;

    /** See {@link #axisX}. */
    public double axisZ = Double.NaN;

    /** Up in sensor axes with the foot flat, a unit vector; NaN if the accelerometer holds no gravity, or not yet known. */
    public double upX = Double.NaN;

    /** See {@link #upX}. */
    public double upY = Double.NaN;

    /** See {@link #upX}. */
    public double upZ = Double.NaN;

    /** Probability that the axis lies within 20 degrees of the foot's and its sign is right, 0 to 1. */
    public double confidence;

    /**
     * Probability that this sensor and the other are worn on each other's foot, 0 to 1; NaN if there is no evidence. A hint
     * for a person to look: nothing acts on it.
     */
    public double swapped = Double.NaN;

    /** Whether the gyroscope has reached the end of its range in this walk. */
    public boolean clipped;
}
