package dev.entrain.sim.patient;

import dev.entrain.sample.Foot;
import dev.entrain.sim.walk.FractalNoise;
import dev.entrain.sim.walk.Gait;
import dev.entrain.sim.walk.SeededNoise;
import dev.entrain.sim.walk.StepTimer;

/**
 * When a patient's feet touch: a timekeeper with a motor delay behind it (Wing and Kristofferson 1973) and linear phase and
 * period correction (Vorberg and Wing 1996; Repp 2005). With S(n) the n-th contact, T its timekeeper's period, P his own
 * period ({@link OwnTempo}), h(foot) = +-a T / 2 the place of each foot in an uneven stride (a its asymmetry of step times),
 * e(n) the contact's distance from its beat less what was meant (anticipation and h), g 1/f noise and M white motor noise:
 *
 * <pre>
 *   S(n+1) = S(n) + T(n) - alpha e(n) + T(n) g(n) + h(n+1) - h(n) + M(n+1) - M(n)
 *   T(n+1) = T(n) - beta e(n) - (T(n) / returnS) (T(n) - P)
 * </pre>
 *
 * <p>Without a beat e = 0: he comes back to his own tempo. With one, T(n) - alpha e(n) stays within the tempi he can
 * follow; a beat beyond them runs away from him. Who has been more than a fifth of a period off for {@link #PATIENCE_STEPS}
 * steps gives up, and follows again when the tempo is within his reach for a while. A step is decided shortly before the
 * other foot touches, so a beat that comes unevenly is answered one step later than in tapping. Not thread-safe.
 */
final class Timekeeper implements StepTimer {
    static final int PATIENCE_STEPS = 20;

    private static final double OFF_SHARE = 0.2;
    private static final double SULK_S = 10;
    /** Who gave up tries again only what is clearly within his reach. */
    private static final double REACH_MARGIN = 0.005;

    private static final double MOST_NOISE = 0.25;

    private final PatientProfile profile;
    private final PatientProfile.Timing law;
    private final Ears ears;
    private final OwnTempo own;
    private final SeededNoise motor;
    private final FractalNoise clock;
    private final double clockCv;

    private double periodS;
    private double formerMotorS;
    private double hurry = 1;
    private boolean fresh = true;
    private boolean following;
    private boolean givenUp;
    private long givenUpNs;
    private int strain;

    Timekeeper(PatientProfile profile, Ears ears, long seed) {
        this.profile = profile;
        this.ears = ears;
        law = profile.timing();
        own = new OwnTempo(profile.gait(), profile.stamina());
        motor = new SeededNoise(seed, 41);
        clock = new FractalNoise(new SeededNoise(seed, 42), profile.gait().fractalExponent());
        double motorCv = Math.sqrt(2) * law.motorSdMs() * 1e-3 / profile.gait().strideTimeS();
        double cv = profile.gait().strideTimeCv();
        // A stride is two successive steps: the variance of their mean is (1 + r) / 2 of a step's.
        clockCv = Math.sqrt((cv * cv - motorCv * motorCv) * 2 / (1 + clock.neighbourCorrelation()));
        periodS = own.periodS();
    }

    @Override
    public double stepTimeS(long nowNs, Foot foot, long previousContactNs, Gait gait) {
        boolean rhythm = ears.rhythm(nowNs);
        decideToFollow(nowNs, rhythm);
        double formerPlaceS = placeS(foot.other());
        double errorS = 0;
        if (following && !fresh) {
            double found = ears.errorS(previousContactNs, formerPlaceS - law.anticipationMs() * 1e-3);
            errorS = Double.isNaN(found) ? 0 : found;
            feelStrain(nowNs, errorS);
        }
        double correctedS = periodS - law.phaseCorrection() * errorS;
        if (following) {
            correctedS = Math.clamp(correctedS, shortestS(), longestS());
        }
        double noise = Math.clamp(clockCv * clock.next(), -MOST_NOISE, MOST_NOISE);
        double motorS = law.motorSdMs() * 1e-3 * motor.gaussian();
        double stepS = correctedS * (1 + noise * (following ? law.steadiedShare() : 1))
                + placeS(foot)
                - formerPlaceS
                + (fresh ? 0 : motorS - formerMotorS);
        formerMotorS = motorS;
        fresh = false;
        own.walked(correctedS, following ? ears.periodS() : Double.NaN);
        periodS -= law.periodCorrection() * errorS;
        periodS -= (periodS - own.periodS()) * periodS / profile.stamina().returnS();
        if (following) {
            periodS = Math.clamp(periodS, shortestS(), longestS());
        }
        return Math.max(0.3 * correctedS, stepS * hurry);
    }

    /** Walking begins anew after standing: the first step follows from nothing. */
    void begin() {
        fresh = true;
    }

    /** He stood. */
    void rested(double seconds) {
        own.rested(seconds);
        periodS += (own.periodS() - periodS)
                * Math.min(1, seconds / profile.stamina().returnS());
    }

    /** Steps come sooner than the timekeeper says, by this factor: festination; 1 for not. */
    void hurry(double factor) {
        hurry = factor;
    }

    boolean following() {
        return following;
    }

    boolean givenUp() {
        return givenUp;
    }

    /** Returns the timekeeper's period, s. */
    double periodS() {
        return periodS;
    }

    OwnTempo own() {
        return own;
    }

    private double shortestS() {
        return own.ableS() / (1 + law.fasterPct() / 100);
    }

    private double longestS() {
        return own.ableS() / (1 - law.slowerPct() / 100);
    }

    private double placeS(Foot foot) {
        double asymmetry = profile.gait().stepTimeAsymmetry() * (following ? 1 - law.evenedShare() : 1);
        return (foot == Foot.LEFT ? 0.5 : -0.5) * asymmetry * periodS;
    }

    private void decideToFollow(long nowNs, boolean rhythm) {
        if (!rhythm) {
            following = false;
            givenUp = false;
            strain = 0;
            return;
        }
        if (givenUp && (nowNs - givenUpNs) * 1e-9 > SULK_S && withinReach()) {
            givenUp = false;
            strain = 0;
        }
        following = !givenUp;
    }

    private boolean withinReach() {
        double tempo = own.ableS() / ears.periodS() - 1;
        return tempo < law.fasterPct() / 100 - REACH_MARGIN && tempo > -law.slowerPct() / 100 + REACH_MARGIN;
    }

    private void feelStrain(long nowNs, double errorS) {
        boolean off = Math.abs(errorS) > OFF_SHARE * periodS;
        strain = off ? strain + 1 : Math.max(0, strain - 2);
        if (strain >= PATIENCE_STEPS) {
            givenUp = true;
            following = false;
            givenUpNs = nowNs;
        }
    }
}
