package dev.entrain.sim.patient;

import dev.entrain.sim.walk.SeededNoise;

/**
 * When a patient freezes, for how long and what ends it. Each step has its chance, so a freeze is decided no earlier than
 * it begins. Not thread-safe.
 */
final class FreezeCourse {
    private static final double LONGEST_S = 60;
    private static final double SHORTEST_S = 0.6;
    private static final double REACTION_NS = 0.35e9;
    /** No two episodes in the same few steps: the first seconds after one are taken up with starting. */
    private static final long REFRACTORY_NS = 4_000_000_000L;

    private final PatientProfile.Freezing tendency;
    private final SeededNoise chance;

    private boolean frozen;
    private boolean relieved;
    private long startNs;
    private long endNs;
    private long lastEndNs = -REFRACTORY_NS;
    private double tremorHz;
    private double liftDeg;

    FreezeCourse(PatientProfile.Freezing tendency, long seed) {
        this.tendency = tendency;
        chance = new SeededNoise(seed, 43);
    }

    /**
     * Returns whether a freeze is coming over him with this step.
     *
     * @param stepS how long the step takes, s
     * @param cued whether he hears a beat
     * @param hard whether he turns or starts
     */
    boolean comes(long nowNs, double stepS, boolean cued, boolean hard) {
        if (tendency.perMin() == 0 || nowNs - lastEndNs < REFRACTORY_NS) {
            return false;
        }
        double perMin = tendency.perMin() * (cued ? tendency.cuedShare() : 1) * (hard ? tendency.atTurns() : 1);
        return chance.uniform() < 1 - Math.exp(-perMin * stepS / 60);
    }

    /** Returns whether hurried little steps precede the freeze that comes. */
    boolean festinates() {
        return chance.uniform() < tendency.festinatingShare();
    }

    void begin(long nowNs) {
        frozen = true;
        relieved = false;
        startNs = nowNs;
        double seconds = tendency.medianS() * Math.exp(tendency.spread() * chance.gaussian());
        endNs = nowNs + Math.round(Math.clamp(seconds, SHORTEST_S, LONGEST_S) * 1e9);
        tremorHz = chance.uniform(4.5, 7);
        liftDeg = chance.uniform() < tendency.akineticShare() ? 0 : chance.uniform(2, 7);
    }

    /** A beat is heard; he may get over a freeze, a moment later. */
    void hear(long nowNs) {
        if (frozen && !relieved && chance.uniform() < tendency.reliefPerBeat()) {
            long overNs = nowNs + Math.round(REACTION_NS);
            if (overNs < endNs) {
                relieved = true;
                endNs = Math.max(overNs, startNs + Math.round(SHORTEST_S * 1e9));
            }
        }
    }

    /** Returns whether the freeze is over now, and ends it if so. */
    boolean over(long nowNs) {
        if (nowNs < endNs) {
            return false;
        }
        frozen = false;
        lastEndNs = nowNs;
        return true;
    }

    boolean frozen() {
        return frozen;
    }

    /** Returns whether a beat ended the newest freeze, or is ending it. */
    boolean relieved() {
        return relieved;
    }

    long endNs() {
        return endNs;
    }

    double tremorHz() {
        return tremorHz;
    }

    double liftDeg() {
        return liftDeg;
    }
}
