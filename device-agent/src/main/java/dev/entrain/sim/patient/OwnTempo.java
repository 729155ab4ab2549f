package dev.entrain.sim.patient;

import dev.entrain.sim.walk.Gait;

/**
 * The tempo a patient would walk at without a beat: his comfortable one, less fatigue, plus what stayed with him of a beat
 * he followed. Fatigue grows with each step and fades with a time constant of 3 minutes at rest; what stays follows the
 * beat with one of 2 minutes and is lost with one of 15. Not thread-safe.
 */
final class OwnTempo {
    private static final double MOST_FATIGUE = 0.25;
    private static final double RECOVERY_S = 180;
    private static final double LEARNING_S = 120;
    private static final double FORGETTING_S = 900;

    private final double comfortableS;
    private final double fatiguePerS;
    private final double retention;
    private double fatigue;
    private double kept;

    OwnTempo(Gait gait, PatientProfile.Stamina stamina) {
        comfortableS = gait.strideTimeS() / 2;
        fatiguePerS = stamina.fatiguePctPerMin() / 100 / 60;
        retention = stamina.retention();
    }

    /** A step was made. {@code followedS} is the beat's period, s, or NaN without one. */
    void walked(double stepS, double followedS) {
        fatigue = Math.min(MOST_FATIGUE, fatigue + fatiguePerS * stepS);
        if (Double.isNaN(followedS)) {
            kept -= kept * stepS / FORGETTING_S;
        } else {
            kept += (ableS() / followedS - 1 - kept) * stepS / LEARNING_S;
        }
    }

    /** The patient stood. */
    void rested(double seconds) {
        double lost = Math.min(1, seconds / RECOVERY_S);
        fatigue -= fatigue * lost;
        kept -= kept * Math.min(1, seconds / FORGETTING_S);
    }

    /** Returns the period his limits refer to: comfortable, less fatigue, s. */
    double ableS() {
        return comfortableS / (1 - fatigue);
    }

    /** Returns the period he walks at without a beat, s. */
    double periodS() {
        return ableS() / (1 + retention * kept);
    }
}
