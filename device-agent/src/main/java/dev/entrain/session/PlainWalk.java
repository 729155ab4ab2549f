package dev.entrain.session;

import dev.entrain.cue.CuePlanner;
import dev.entrain.cue.CueSink;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.Turn;

/**
 * A walk without a programme: cues come and go with walking, and the rules that need no patient's answer hold. Nobody may be
 * there to press a button, so what a programme would stop is silenced here, and cues come back after the walker has walked
 * steadily for {@value #STEADY_S} s; after beats that he ran away from again and again, each time after twice as long.
 *
 * <p>Not thread-safe; realtime-safe.
 */
public final class PlainWalk implements WalkGuide {
    /** Steady walking before cues come back, s. */
    public static final int STEADY_S = 10;

    /** Longest such wait, s. */
    private static final int LONGEST_S = 160;

    /** Cues that lasted for so long were good ones, ns. */
    private static final long GOOD_NS = 60_000_000_000L;

    private static final long S = 1_000_000_000L;

    private final CuePlanner planner;
    private final Teller teller;
    private final SafetyWatch watch = new SafetyWatch(Double.POSITIVE_INFINITY);
    private boolean held;
    private boolean going;
    private int waitS = STEADY_S;
    private long steadySinceNs;
    private long backSinceNs;

    /**
     * Makes the rules of a walk.
     *
     * @param planner is silenced and started by rule
     * @param words hears nothing; there are no words in a plain walk
     * @param sink hears which rules acted
     */
    public PlainWalk(CuePlanner planner, CueSink words, SessionSink sink) {
        this.planner = planner;
        teller = new Teller(words, sink);
    }

    @Override
    public void onGaitEvent(GaitEvent gait) {
        boolean heard = planner.mode() == CuePlanner.Mode.CUEING && !planner.answering();
        watch.onGaitEvent(gait, heard ? planner.periodNs() : 0);
        obey(gait.decidedNs);
    }

    @Override
    public void onStride(StrideEstimate stride) {}

    @Override
    public void onTurn(Turn turn) {}

    @Override
    public void onStep(long timeNs, boolean paired, long asynchronyNs) {}

    /**
     * A short press stops the cues or allows them again; any other stops them. While a rule holds them silent every press
     * stops: nobody starts the beat by pressing it away.
     */
    @Override
    public void press(Press press, long nowNs) {
        if (press == Press.SHORT && planner.mode() == CuePlanner.Mode.STOPPED && !held) {
            start();
        } else {
            stop(nowNs);
        }
    }

    /** The walk goes on as long as the unit does: only one that is about to go, told as 0 %, ends it. */
    @Override
    public void unitBattery(int percent) {
        going |= percent <= 0;
    }

    /** Allows cues at once. */
    public void start() {
        held = false;
        watch.restart();
        planner.start();
    }

    /** Silences the cues until {@link #start}. */
    @Override
    public void stop(long nowNs) {
        held = false;
        planner.stop(nowNs);
    }

    /** Silences the cues until the walker has walked steadily, as a rule does. */
    public void hold(long nowNs) {
        planner.stop(nowNs);
        held = true;
        steadySinceNs = nowNs;
    }

    /** Returns whether a rule holds the cues silent. */
    public boolean held() {
        return held;
    }

    @Override
    public void advance(long nowNs) {
        if (going) {
            stop(nowNs);
            return;
        }
        if (!held) {
            return;
        }
        if (!planner.walking(nowNs) || !planner.steps().steady()) {
            steadySinceNs = nowNs;
        } else if (nowNs - steadySinceNs >= waitS * S) {
            backSinceNs = nowNs;
            start();
        }
    }

    @Override
    public boolean idle() {
        return true;
    }

    private void obey(long nowNs) {
        for (int i = 0; i < SafetyWatch.RULES; i++) {
            SafetyRule rule = watch.look(0);
            if (rule == null) {
                return;
            }
            act(rule, nowNs);
        }
    }

    private void act(SafetyRule rule, long nowNs) {
        if (rule.reaction() == SafetyRule.Reaction.LIMIT) {
            // The planner has bound the tempo already, if it knew one.
            if (planner.ceilingNs() > 0) {
                teller.rule(rule, nowNs);
            }
        } else if (planner.mode() != CuePlanner.Mode.STOPPED || held) {
            boolean again = rule == SafetyRule.CADENCE_OVER_CUE && nowNs - backSinceNs < GOOD_NS && backSinceNs != 0;
            waitS = again ? Math.min(2 * waitS, LONGEST_S) : STEADY_S;
            hold(nowNs);
            teller.rule(rule, nowNs);
        }
    }
}
