package dev.entrain.gait;

/**
 * A walking bout: at least 4 strides, both feet together, with breaks under 3 s (Mobilise-D; Kluge et al. 2021). Told
 * once when it is known to have begun and once when it is over. A mutable view that its producer reuses.
 */
public final class WalkingBout {
    /** Whether the bout is over; its figures are then final. */
    public boolean over;

    /** Initial contact that starts its first stride, ns. */
    public long startNs;

    /** Initial contact that ends its last stride so far, ns. */
    public long endNs;

    /** Time of the newest sample the decision used, ns; the end of a bout is known 3 s after it at the earliest. */
    public long decidedNs;

    /** Number of strides so far, both feet together, at least 4. */
    public int strides;

    /** Mean stride time, s. */
    public double strideTimeS;

    /** Standard deviation of the stride time over its mean, 0 or more. */
    public double strideTimeCv;

    /** Mean stride length, m; NaN where the sensors do not offer it. */
    public double strideLengthM;

    /** Walking speed: way of the strides whose length is known over their time, m/s; NaN where no length is known. */
    public double speedMps;
}
