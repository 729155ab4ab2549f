package dev.entrain.gait;

import dev.entrain.sample.Foot;

/** One stride of one foot, from a mid-stance (zero velocity) to the next. A mutable view that its producer reuses. */
public final class StrideEstimate {
    /** The foot that made the stride. */
    public Foot foot = Foot.LEFT;

    /** Mid-stance at which the stride starts, ns. */
    public long startNs;

    /** Mid-stance at which the stride ends, ns. */
    public long endNs;

    /** Time of the newest sample the decision used, ns. */
    public long decidedNs;

    /** Distance on the ground, m; NaN where the sensors do not offer it. */
    public double lengthM;

    /** Initial contact to initial contact, s; NaN for the first stride of a bout. */
    public double strideTimeS;

    /** Initial to final contact as a fraction of the stride, 0 to 1; NaN where no final contact was seen. */
    public double stanceFraction;

    /** Fills the view and returns it. */
    public StrideEstimate set(
            Foot foot,
            long startNs,
            long endNs,
            long decidedNs,
            double lengthM,
            double strideTimeS,
            double stanceFraction) {
        this.foot = foot;
        this.startNs = startNs;
        this.endNs = endNs;
        this.decidedNs = decidedNs;
        this.lengthM = lengthM;
        this.strideTimeS = strideTimeS;
        this.stanceFraction = stanceFraction;
        return this;
    }
}
