package dev.entrain.closedloop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Watches what is heard from outside the core, with its own memory of the rules: nothing after a stop, tempo within 40 to
 * 160 a minute and changing by no more than 1 % a second, never faster after a freeze. Not thread-safe.
 */
final class SafetyAudit {
    /** A rule broken: which and when, s of the simulation. */
    record Violation(double timeS, String what) {}

    /** 160 and 40 a minute, ns: the audit's own figures, so that a wrong one in the core is found. */
    private static final long SHORTEST_NS = 375_000_000L;

    private static final long LONGEST_NS = 1_500_000_000L;

    /** Tempo is rounded to 1 ns per interval; anything beyond that counts. */
    private static final double MOST_SLEW_PCT = 1.001;

    /** Beats further apart are two stretches of beats: what is between them is silence, not a tempo. */
    private static final double NEW_STRETCH_PERIODS = 4.5;

    /** A beat may have been final when the freeze was noticed, and be faster by what the slew allows until it sounds. */
    private static final double BEAT_MARGIN = 0.01;

    /** Where no beat went on, the unit knows a cadence of 6 strides and the audit one of 30 s: both vary with the walk. */
    private static final double CADENCE_MARGIN = 0.04;

    /**
     * Cadence before a freeze is taken over so long where no beat went on, ns: long enough that the slow first steps after a
     * stand are not taken for the walker's tempo.
     */
    private static final long BEFORE_FREEZE_NS = 30_000_000_000L;

    /**
     * A freeze this soon after another is answered from slow beats, or from beats on their way back from them: they are no
     * tempo of before, and the bound of the first freeze stands, ns.
     */
    private static final long SAME_TROUBLE_NS = 45_000_000_000L;

    private static final int MOST_KEPT = 100;

    private final LoopTruth truth;
    private final List<Violation> violations = new ArrayList<>();
    private boolean silenced = true;
    private long silencedNs;
    private long lastOnsetNs;
    private long lastPeriodNs;
    private double ceilingNs;
    private long ceilingFromNs;
    private long frozeNs;
    private double mostSlewPct;
    private int afterStop;
    private int outOfRange;
    private int tooFast;
    private int heard;

    SafetyAudit(LoopTruth truth) {
        this.truth = truth;
    }

    /** Nothing may sound from now on. */
    void stopped(long nowNs) {
        if (!silenced) {
            silenced = true;
            silencedNs = nowNs;
        }
    }

    /** Beats may sound again; those before and after are two stretches. */
    void started() {
        silenced = false;
        lastPeriodNs = 0;
    }

    /** A freeze was noticed. */
    void froze(long nowNs) {
        boolean again = frozeNs > 0 && nowNs - frozeNs < SAME_TROUBLE_NS;
        frozeNs = nowNs;
        if (again && ceilingNs > 0) {
            return;
        }
        boolean sounding = lastPeriodNs > 0 && nowNs - lastOnsetNs < NEW_STRETCH_PERIODS * lastPeriodNs;
        double before = sounding
                ? lastPeriodNs * (1 - BEAT_MARGIN)
                : 60e9 / truth.cadenceSpm(nowNs - BEFORE_FREEZE_NS, nowNs) * (1 - CADENCE_MARGIN);
        if (before > ceilingNs) {
            ceilingNs = before;
            ceilingFromNs = nowNs;
        }
    }

    void heard(Earshot.Sound sound) {
        heard++;
        if (silenced && sound.onsetNs() > silencedNs) {
            afterStop++;
            violate(sound, "a beat after the stop at %.3f s", silencedNs * 1e-9);
        }
        long sinceNs = sound.onsetNs() - lastOnsetNs;
        if (sound.periodNs() < SHORTEST_NS || sound.periodNs() > LONGEST_NS) {
            outOfRange++;
            violate(sound, "a tempo of %.1f a minute", 60e9 / sound.periodNs());
        } else if (heard > 1 && sinceNs < SHORTEST_NS) {
            outOfRange++;
            violate(sound, "a beat %.1f ms after the one before", sinceNs * 1e-6);
        }
        if (lastPeriodNs > 0 && sinceNs > 0 && sinceNs < NEW_STRETCH_PERIODS * lastPeriodNs) {
            long beats = Math.max(1, Math.round(sinceNs / (double) sound.periodNs()));
            double elapsedS = beats * lastPeriodNs * 1e-9;
            double slewPct = 100 * Math.abs(sound.periodNs() / (double) lastPeriodNs - 1) / elapsedS;
            mostSlewPct = Math.max(mostSlewPct, slewPct);
            if (slewPct > MOST_SLEW_PCT) {
                violate(sound, "tempo changed by %.3f %% a second", slewPct);
            }
        }
        if (ceilingNs > 0 && sound.onsetNs() - ceilingFromNs > sound.periodNs() && sound.periodNs() < ceilingNs) {
            tooFast++;
            violate(sound, "after a freeze faster by %.1f %%", 100 * (ceilingNs / sound.periodNs() - 1));
        }
        lastOnsetNs = sound.onsetNs();
        lastPeriodNs = sound.periodNs();
    }

    private void violate(Earshot.Sound sound, String what, double figure) {
        if (violations.size() < MOST_KEPT) {
            violations.add(new Violation(sound.onsetNs() * 1e-9, String.format(Locale.ROOT, what, figure)));
        }
    }

    List<Violation> violations() {
        return Collections.unmodifiableList(violations);
    }

    double mostSlewPct() {
        return mostSlewPct;
    }

    int afterStop() {
        return afterStop;
    }

    int outOfRange() {
        return outOfRange;
    }

    int tooFast() {
        return tooFast;
    }

    int heard() {
        return heard;
    }
}
