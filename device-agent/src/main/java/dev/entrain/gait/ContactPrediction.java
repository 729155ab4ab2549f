package dev.entrain.gait;

import dev.entrain.sample.Foot;

/** When a foot is expected to touch the ground next. A mutable view that its producer reuses. */
public final class ContactPrediction {
    /** The foot that will touch. */
    public Foot foot = Foot.LEFT;

    /** Expected initial contact, ns. */
    public long contactNs;

    /** Half width of the interval that should hold 80 % of contacts, ns. */
    public long halfWidth80Ns;

    /** Time of the newest sample the prediction used, ns. */
    public long decidedNs;

    /** Expected stride time of this foot, ns. */
    public long strideNs;

    /** Fills the view and returns it. */
    public ContactPrediction set(Foot foot, long contactNs, long halfWidth80Ns, long decidedNs, long strideNs) {
        this.foot = foot;
        this.contactNs = contactNs;
        this.halfWidth80Ns = halfWidth80Ns;
        this.decidedNs = decidedNs;
        this.strideNs = strideNs;
        return this;
    }
}
