package dev.entrain.sim.walk;

import dev.entrain.sample.Foot;

/**
 * What a walker does next: one step of one foot, one jerk of a trembling foot, a fall, a sensor that
 * slips, or nothing for a while. A mutable view that the model reuses.
 */
public final class Move {
    /** Kinds of movement. */
    public enum Kind {
        /** Both feet rest until {@link Move#nextDecisionNs}. */
        REST,
        /** A foot is lifted, carried and set down; has a final and an initial contact. */
        STEP,
        /** A heel jerks up and down around the toes; no contact event. */
        JERK,
        /** A foot tips over, strikes, lies and is set on its sole again. */
        FALL,
        /** The foot stays as it is, its sensor turns on it. */
        SLIP
    }

    /** What happens. */
    public Kind kind = Kind.REST;

    /** The foot that moves. */
    public Foot foot = Foot.LEFT;

    /** When the heel begins to rise, ns; not before the decision and not before the foot's last move ended. */
    public long startNs;

    /** Final contact of a step, ns. */
    public long finalContactNs;

    /** Initial contact of a step, ns. */
    public long initialContactNs;

    /** When the whole sole rests again, ns: foot flat of a step, end of a jerk. */
    public long flatNs;

    /** Where the foot lands, m, along and left of the world's axes. */
    public double landingXM;

    /** See {@link #landingXM}. */
    public double landingYM;

    /** Direction the foot points to after landing, rad, counter-clockwise from the world's x axis. */
    public double landingYawRad;

    /** Greatest sagittal rate of the swing, rad/s. */
    public double swingPeakRadps;

    /** How far the toes point up at initial contact, rad. */
    public double strikePitchRad;

    /** Lift of the sole in swing, m. */
    public double clearanceM;

    /** Outward detour of the swing, m. */
    public double circumductionM;

    /** Peak of the shock at initial contact, m/s2. */
    public double impactMps2;

    /** Whether the swing is fastest early (0) or late (1). */
    public double lateSwing;

    /** When a swing catches on something, ns; only of a step with {@link #tripMps2}. */
    public long tripNs;

    /** Peak of the jolt by which it is arrested, m/s2; 0 of a step that does not catch. */
    public double tripMps2;

    /** Greatest pitch of a jerk, pitch of a foot that lies, rad. */
    public double liftRad;

    /** How far a foot that lies tips sideways, rad. */
    public double tipRad;

    /** How far a sensor slips, rad; see {@link WalkSegment.Slip}. */
    public double slipRad;

    /** About which of the foot's axes it slips. */
    public WalkSegment.Slip.Axis slipAxis = WalkSegment.Slip.Axis.YAW;

    /** When the walker wants to be asked for the next move, ns; not before this decision. */
    public long nextDecisionNs;
}
