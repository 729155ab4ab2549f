package dev.entrain.gait.contact;

/**
 * The confidence of contacts: the probability that the event is one and that a reference places it within 50 ms.
 *
 * <p>A contact is the surer the more its stride is like this walker's usual one. Fitted to the walkers of Voisard et al.
 * (2024, J NeuroEng Rehabil 21:104) that were developed on: of full strides 99 % lie within 50 ms of the reference, of
 * swings of half the usual angle nearly 90 %, of landings without a lobe 80 %, of flat steps 20 to 40 %. Stateless; realtime-safe.
 */
final class Sureness {
    /** Of a step without a swing lobe. */
    static final double FLAT_STEP = 0.3;

    /** Of a final contact without a push-off before it. */
    static final double NO_PUSH = 0.6;

    private static final double USUAL = 0.985;

    /** A swing is a full one from this share of the usual angle, */
    private static final double FULL_SWING = 0.85;

    /** a landing lobe from this share of the usual depth: strides of one walker differ that much. */
    private static final double FULL_LOBE = 0.6;

    private static final double SWING_COUNTS = 0.25;
    private static final double LOBE_COUNTS = 0.2;

    private Sureness() {}

    /**
     * Returns the confidence of an initial contact.
     *
     * @param swingShare angle of the swing, of the usual one
     * @param lobeShare depth of the landing lobe, of the usual one; 0 to 1
     */
    static double ofTouch(double swingShare, double lobeShare) {
        return USUAL - SWING_COUNTS * lack(swingShare, FULL_SWING) - LOBE_COUNTS * lack(lobeShare, FULL_LOBE);
    }

    /** Returns the confidence of a final contact whose push-off turned the foot by a share of the usual swing. */
    static double ofLeaving(double pushShare) {
        return USUAL - SWING_COUNTS * lack(pushShare, PushOff.CERTAIN);
    }

    private static double lack(double share, double full) {
        return 1 - Math.max(0, Math.min(1, share / full));
    }
}
