package dev.entrain.gait;

/**
 * A turn of at least 45 degrees while walking (El-Gohary et al. 2013), from the directions the feet point to. A mutable
 * view that its producer reuses.
 */
public final class Turn {
    /** Mid-stance before the first turning stride, ns. */
    public long startNs;

    /** Mid-stance after the last turning stride, ns. */
    public long endNs;

    /** Time of the newest sample the decision used, ns. */
    public long decidedNs;

    /** Angle, rad, positive to the left (counter-clockwise seen from above); the mean of the feet that were seen. */
    public double angleRad;

    /** Number of turning strides, both feet together. */
    public int strides;
}
