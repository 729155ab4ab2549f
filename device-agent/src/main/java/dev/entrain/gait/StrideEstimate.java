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

    /** Standard deviation that {@link #lengthM} is believed to have, m; NaN with it. */
    public double lengthSdM;

    /** Length over the time from mid-stance to mid-stance, m/s; NaN with the length. */
    public double speedMps;

    /**
     * Greatest height of the sensor over the straight line between its places at both mid-stances, m; NaN with the
     * length. Not the minimum toe clearance, which needs the shape and size of the shoe.
     */
    public double clearanceM;

    /** By how much the foot points elsewhere, about gravity, rad, positive to the left; NaN without gravity. */
    public double turnRad;

    /** Initial contact to initial contact, s; NaN for the first stride of a bout. */
    public double strideTimeS;

    /** Initial to final contact as a fraction of the stride, 0 to 1; NaN where no final contact was seen. */
    public double stanceFraction;

    /**
     * Both times with both feet on the ground over the stride time, 0 to 1, (DS1 + DS2) / stride; NaN where the other
     * foot's contacts are not known or the feet are never down together.
     */
    public double doubleSupportFraction;

    /** The other foot's last initial contact to the one that ends this stride, s; NaN where it is not known. */
    public double stepTimeS;

    /** Fills the view, with what it takes no value for as not known, and returns it. */
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
        double spanS = (endNs - startNs) * 1e-9;
        speedMps = spanS > 0 ? lengthM / spanS : Double.NaN;
        lengthSdM = Double.NaN;
        clearanceM = Double.NaN;
        turnRad = Double.NaN;
        doubleSupportFraction = Double.NaN;
        stepTimeS = Double.NaN;
        return this;
    }

    /** Adds how sure the length is, clearance and turn, and returns the view. */
    public StrideEstimate withWay(double lengthSdM, double clearanceM, double turnRad) {
        this.lengthSdM = lengthSdM;
        this.clearanceM = clearanceM;
        this.turnRad = turnRad;
        return this;
    }

    /** Adds what takes both feet to know, and returns the view. */
    public StrideEstimate withOtherFoot(double doubleSupportFraction, double stepTimeS) {
        this.doubleSupportFraction = doubleSupportFraction;
        this.stepTimeS = stepTimeS;
        return this;
    }
}
