package dev.entrain.sim.walk;

import dev.entrain.noise.SeededNoise;
import dev.entrain.sample.Foot;

/**
 * The feet of a walker: turns what he wants (a step, a close-up, a tremble) into moves that follow each other without a
 * foot that moves before it rests. Feet alternate. Not thread-safe.
 */
public final class Footwork {
    private static final double NS_PER_S = 1e9;
    private static final double HALF_STEP_WIDTH_M = 0.055;
    private static final double TOE_OUT_RAD = 0.1;
    private static final double SLOWEST_PRE_SWING_S = 0.6;

    private final StepTimer timer;
    private final SeededNoise noise;
    private final long[] restsFromNs = new long[Foot.COUNT];

    private Foot tremblingFoot = Foot.LEFT;
    private Foot nextFoot = Foot.RIGHT;
    private long previousContactNs;
    private boolean striding;
    private Gait lastGait = WalkPresets.healthy();
    private double bodyXM;
    private double bodyYM;
    private double headingRad;

    /**
     * @param timer when feet touch
     * @param noise of all other variability
     */
    public Footwork(StepTimer timer, SeededNoise noise) {
        this.timer = timer;
        this.noise = noise;
    }

    /** Returns where a foot stands before the first move, m left of the world's x axis. */
    static double startYM(Foot foot) {
        return foot == Foot.LEFT ? HALF_STEP_WIDTH_M : -HALF_STEP_WIDTH_M;
    }

    /** Returns where a foot points before the first move, rad. */
    static double startYawRad(Foot foot) {
        return foot == Foot.LEFT ? TOE_OUT_RAD : -TOE_OUT_RAD;
    }

    /** Returns whether the last move was a step after which another should follow. */
    public boolean striding() {
        return striding;
    }

    /** Returns the foot whose step would be next. */
    public Foot nextFoot() {
        return nextFoot;
    }

    /** Returns from when on both feet rest after the moves so far, ns. */
    public long stillNs() {
        return Math.max(restsFromNs[0], restsFromNs[1]);
    }

    /** Leaves the feet where they are: the next step begins from standing. */
    public void halt() {
        striding = false;
    }

    /** A step forward. */
    public void step(long nowNs, Gait gait, double turnRad, Move move) {
        step(nowNs, gait, 1, turnRad, move);
    }

    /** The trailing foot is set beside the other; then the walker stands from {@link Move#flatNs} on. */
    public void closeUp(long nowNs, Move move) {
        step(nowNs, lastGait, 0, 0, move);
        striding = false;
        move.nextDecisionNs =
                Math.max(move.flatNs, restsFromNs[move.foot.other().ordinal()]);
    }

    /**
     * One jerk of a trembling heel, alternately of either foot, or rest to the end where there is no time for another.
     *
     * @param tremorHz jerks of one foot per second
     * @param liftDeg greatest lift of the heel, deg; 0 for rest
     * @param endNs when trembling ends
     */
    public void tremble(long nowNs, double tremorHz, double liftDeg, long endNs, Move move) {
        double periodS = 1 / (tremorHz * (1 + 0.12 * noise.gaussian()));
        long jerkEndNs = nowNs + nanos(periodS * 0.95);
        if (jerkEndNs >= endNs || liftDeg == 0) {
            rest(endNs, move);
            return;
        }
        Foot foot = tremblingFoot;
        tremblingFoot = foot.other();
        jerk(nowNs, foot, jerkEndNs, Math.toRadians(liftDeg) * noise.uniform(0.2, 1), move);
        long otherRestsNs = restsFromNs[tremblingFoot.ordinal()];
        move.nextDecisionNs = Math.min(endNs, Math.max(nowNs + nanos(periodS / 2), otherRestsNs));
    }

    /** One rise of a heel; the caller says when to ask again. */
    void jerk(long nowNs, Foot foot, long flatNs, double liftRad, Move move) {
        move.kind = Move.Kind.JERK;
        move.foot = foot;
        move.startNs = nowNs;
        move.flatNs = flatNs;
        move.liftRad = liftRad;
        restsFromNs[foot.ordinal()] = flatNs;
    }

    /** A step as the last one was, of another length; the caller may change it and then {@link #settle} it. */
    void stepAgain(long nowNs, double lengthShare, Move move) {
        step(nowNs, lastGait, lengthShare, 0, move);
    }

    /** Takes note of a step whose times were changed. */
    void settle(Move move) {
        finish(lastGait, move);
    }

    /** A foot lies until a time; the next step begins from standing. */
    void lies(Foot foot, long untilNs) {
        restsFromNs[foot.ordinal()] = untilNs;
        striding = false;
    }

    /** Nothing moves until a time. */
    public static void rest(long untilNs, Move move) {
        move.kind = Move.Kind.REST;
        move.nextDecisionNs = untilNs;
    }

    private void step(long nowNs, Gait gait, double lengthShare, double turnRad, Move move) {
        lastGait = gait;
        Foot foot = nextFoot;
        move.kind = Move.Kind.STEP;
        move.foot = foot;
        move.startNs = nowNs;
        timing(nowNs, gait, move);
        place(gait, lengthShare, turnRad, move);
        FootGait how = gait.foot(foot);
        move.swingPeakRadps = Math.toRadians(how.swingPeakDps()) * (1 + 0.03 * noise.gaussian());
        move.strikePitchRad = Math.toRadians(how.strikePitchDeg()) * (1 + 0.06 * noise.gaussian());
        if (lengthShare == 0) {
            // Closing up is a small, careful movement.
            move.swingPeakRadps *= 0.5;
            move.strikePitchRad *= 0.2;
        }
        move.clearanceM = how.clearanceM() * (1 + 0.1 * noise.gaussian());
        move.circumductionM = how.circumductionM() * (1 + 0.1 * noise.gaussian());
        move.impactMps2 = how.impactMps2() * noise.uniform(0.7, 1.3) * (lengthShare == 0 ? 0.4 : 1);
        move.lateSwing = gait.lateSwing();
        move.tripMps2 = 0;
        finish(gait, move);
    }

    /** Final and initial contact: from the other foot's contact in walking, from now at the first step. */
    private void timing(long nowNs, Gait gait, Move move) {
        double strideS = gait.strideTimeS();
        double preSwingS = Math.min(SLOWEST_PRE_SWING_S, gait.preSwing() * strideS);
        long contactNs =
                striding ? previousContactNs : nowNs + nanos(Math.max(0.2, preSwingS) - gait.doubleSupport() * strideS);
        double stepS = timer.stepTimeS(nowNs, move.foot, contactNs, gait);
        long initialNs = contactNs + nanos(stepS);
        long supportEndNs = contactNs + nanos(gait.doubleSupport() * strideS * stepS / gait.stepTimeS(move.foot));
        long earliestNs = nowNs + nanos(0.08);
        // A swing needs its time even where the script asks for hardly any single support.
        long latestNs = initialNs - nanos(Math.min(0.15, 0.3 * stepS));
        move.finalContactNs = Math.max(earliestNs, Math.min(supportEndNs, latestNs));
        move.initialContactNs = Math.max(initialNs, move.finalContactNs + nanos(0.1));
    }

    private void place(Gait gait, double lengthShare, double turnRad, Move move) {
        double lengthM = gait.stepLengthM(move.foot) * lengthShare * (1 + gait.strideTimeCv() * noise.gaussian());
        headingRad += turnRad / 2;
        bodyXM += lengthM * StrictMath.cos(headingRad);
        bodyYM += lengthM * StrictMath.sin(headingRad);
        headingRad += turnRad / 2;
        double side = startYM(move.foot) + 0.006 * noise.gaussian();
        move.landingXM = bodyXM - side * StrictMath.sin(headingRad);
        move.landingYM = bodyYM + side * StrictMath.cos(headingRad);
        move.landingYawRad = headingRad + startYawRad(move.foot) + 0.02 * noise.gaussian();
    }

    private void finish(Gait gait, Move move) {
        double strideS = gait.strideTimeS();
        long landingNs = nanos(Math.clamp(0.13 * strideS, 0.08, 0.2));
        move.flatNs = move.initialContactNs + landingNs;
        restsFromNs[move.foot.ordinal()] = move.flatNs + FootMotion.SETTLING_NS;
        double preSwingS = Math.min(SLOWEST_PRE_SWING_S, gait.preSwing() * strideS);
        long heelOffNs = move.initialContactNs + nanos(gait.doubleSupport() * strideS - preSwingS);
        nextFoot = move.foot.other();
        move.nextDecisionNs =
                Math.max(move.startNs + nanos(0.05), Math.max(heelOffNs, restsFromNs[nextFoot.ordinal()]));
        previousContactNs = move.initialContactNs;
        striding = true;
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * NS_PER_S);
    }
}
