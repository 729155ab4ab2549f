package dev.entrain.sim.patient;

import dev.entrain.sim.walk.Gait;
import dev.entrain.sim.walk.Range;
import dev.entrain.sim.walk.SeededNoise;

/**
 * How a patient walks by himself and what a beat does to him. The timing law that uses these is {@link Timekeeper}'s.
 *
 * @param name kind of patient, as {@link PatientPresets#NAMES} spells it
 * @param gait how he walks uncued: cadence, asymmetry, and CV and 1/f exponent of stride times as they are then
 *     (Hausdorff 1996, 1997: exponent about 0.7 in health, 0.2 in Parkinson's disease)
 * @param timing how he follows a beat
 * @param stamina how tempo changes over a session
 * @param freezing freezing of gait
 */
public record PatientProfile(String name, Gait gait, Timing timing, Stamina stamina, Freezing freezing) {
    /** Checks that the gait varies at least as much as its motor noise alone makes it vary. */
    public PatientProfile {
        double motorCv = Math.sqrt(2) * timing.motorSdMs() * 1e-3 / gait.strideTimeS();
        Range.check("motor noise's share of the stride time CV", motorCv, 0, gait.strideTimeCv(), "");
    }

    /**
     * How a beat is followed.
     *
     * @param phaseCorrection alpha, share of an asynchrony taken back by the next step, 0 to 1; 0.2 to 0.6 in tapping and
     *     stepping (Repp 2005; Repp, Keller and Jacoby 2012; Wright and Elliott 2014)
     * @param periodCorrection beta, share of it by which the own period changes, 0 to 0.5; 0.1 to 0.3 (Repp 2005; Repp
     *     and Su 2013)
     * @param anticipationMs how much earlier than the beat the steps are meant to fall (negative mean asynchrony), ms, 0
     *     to 180; 20 to 80 in most (Repp 2005)
     * @param motorSdMs standard deviation of the delay from command to contact, ms, 0 to 40; about 10 (Wing and
     *     Kristofferson 1973; Vorberg and Wing 1996)
     * @param steadiedShare timekeeper noise with a beat against that without, 0.3 to 1.2; cueing lowers variability
     *     (Roerdink et al. 2007; Wright et al. 2016)
     * @param evenedShare share of the asymmetry of step times given up with a beat, 0 to 1 (Roerdink et al. 2007; Wright et
     *     al. 2013: less asymmetry when cued)
     * @param fasterPct fastest tempo he can follow, above his own, %, 0 to 40
     * @param slowerPct slowest tempo he can follow, below his own, %, 0 to 40
     */
    public record Timing(
            double phaseCorrection,
            double periodCorrection,
            double anticipationMs,
            double motorSdMs,
            double steadiedShare,
            double evenedShare,
            double fasterPct,
            double slowerPct) {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public Timing {
            Range.check("phase correction", phaseCorrection, 0, 1, "");
            Range.check("period correction", periodCorrection, 0, 0.5, "");
            Range.check("anticipation", anticipationMs, 0, 180, "ms");
            Range.check("motor noise", motorSdMs, 0, 40, "ms");
            Range.check("steadied share", steadiedShare, 0.3, 1.2, "");
            Range.check("evened share", evenedShare, 0, 1, "");
            Range.check("fastest tempo", fasterPct, 0, 40, "%");
            Range.check("slowest tempo", slowerPct, 0, 40, "%");
        }
    }

    /**
     * How tempo changes over a session.
     *
     * @param fatiguePctPerMin decline of the own cadence per minute of walking, %, 0 to 5; comes back at rest
     * @param retention share of a followed change of tempo that stays when the beat ends, 0 to 1 (van den Berg et al.
     *     2020: a paced cadence is kept in part without the beat)
     * @param returnS time constant of coming back to the own tempo, s, 2 to 300
     * @param reactionS from a word to doing it, s, 0.1 to 5
     */
    public record Stamina(double fatiguePctPerMin, double retention, double returnS, double reactionS) {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public Stamina {
            Range.check("fatigue", fatiguePctPerMin, 0, 5, "%/min");
            Range.check("retention", retention, 0, 1, "");
            Range.check("time of return", returnS, 2, 300, "s");
            Range.check("reaction", reactionS, 0.1, 5, "s");
        }
    }

    /**
     * Freezing of gait.
     *
     * @param perMin episodes per minute of straight uncued walking, 0 to 10
     * @param cuedShare the same with beats against without, 0 to 1 (Arias and Cudeiro 2010: fewer with beats)
     * @param atTurns how much more often when turning or starting, 1 to 20 (Schaafsma et al. 2003: turns and starts lead)
     * @param medianS median duration when no beat helps, s, 0.5 to 60; durations are log-normal
     * @param spread standard deviation of the logarithm of the duration, 0 to 1.5; Baechlin et al. 2010 report 237
     *     episodes with a median of 5.4 s and a mean of 7.3 s, which is 0.78
     * @param festinatingShare share that shorter, quicker steps precede (Nutt et al. 2011), 0 to 1
     * @param akineticShare share without trembling, 0 to 1
     * @param reliefPerBeat probability that a beat heard in an episode ends it, 0 to 1
     */
    public record Freezing(
            double perMin,
            double cuedShare,
            double atTurns,
            double medianS,
            double spread,
            double festinatingShare,
            double akineticShare,
            double reliefPerBeat) {
        /** None. */
        public static final Freezing NONE = new Freezing(0, 1, 1, 1, 0, 0, 0, 0);

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public Freezing {
            Range.check("freezing rate", perMin, 0, 10, "/min");
            Range.check("cued share", cuedShare, 0, 1, "");
            Range.check("at turns", atTurns, 1, 20, "");
            Range.check("median duration", medianS, 0.5, 60, "s");
            Range.check("spread", spread, 0, 1.5, "");
            Range.check("festinating share", festinatingShare, 0, 1, "");
            Range.check("akinetic share", akineticShare, 0, 1, "");
            Range.check("relief per beat", reliefPerBeat, 0, 1, "");
        }
    }

    /**
     * Returns one person of this kind: cadence, gains, anticipation, asymmetry and limits differ from the kind's by some
     * percent, the same for the same seed. What the kind stands for (which tempi it can follow, whether it freezes) stays.
     */
    public PatientProfile individual(long seed) {
        SeededNoise chance = new SeededNoise(seed, 40);
        Gait own = gait.withCadence(gait.cadenceSpm() * about(chance, 0.04))
                .withStepTimeAsymmetry(gait.stepTimeAsymmetry() * about(chance, 0.1));
        Timing law = new Timing(
                Math.min(1, timing.phaseCorrection * about(chance, 0.12)),
                Math.min(0.5, timing.periodCorrection * about(chance, 0.12)),
                Math.min(180, timing.anticipationMs * about(chance, 0.25)),
                timing.motorSdMs,
                timing.steadiedShare,
                Math.min(1, timing.evenedShare * about(chance, 0.2)),
                timing.fasterPct * about(chance, 0.03),
                timing.slowerPct * about(chance, 0.03));
        Stamina lasting = new Stamina(
                Math.min(5, stamina.fatiguePctPerMin * about(chance, 0.2)),
                Math.min(1, stamina.retention * about(chance, 0.2)),
                stamina.returnS,
                stamina.reactionS);
        return new PatientProfile(name, own, law, lasting, freezing);
    }

    /** A factor about 1 that is never beyond three standard deviations. */
    private static double about(SeededNoise chance, double sd) {
        return 1 + sd * Math.clamp(chance.gaussian(), -3, 3);
    }
}
