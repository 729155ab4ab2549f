package dev.entrain.session;

import dev.entrain.cue.CueConfig;
import dev.entrain.cue.CuePlanner;
import dev.entrain.cue.CuePolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session orders of the planner: which policy, which tempo, how many beats, silence. Makes every policy beforehand. Not
 * thread-safe; realtime-safe.
 */
final class CueOrders {
    /** No beat is as fast as the one that was too fast, by this share. */
    private static final double SLOWER = 0.02;

    /** Fewer beats than one in so many are a reminder, no tempo to be followed. */
    private static final int FOLLOWED_ONE_IN = 2;

    private final CuePlanner planner;
    private final Programme.Freezing freezing;
    private final @Nullable CueConfig[] cues;
    private final @Nullable CuePolicy[] policies;
    private long cuePeriodNs;
    private long targetPeriodNs;
    private int oneIn = 1;
    private CuePlanner.Mode seenMode;
    private boolean seenAnswering;

    CueOrders(CuePlanner planner, Programme programme) {
        this.planner = planner;
        freezing = programme.freezing();
        seenMode = planner.mode();
        List<Block> blocks = programme.blocks();
        cues = new CueConfig[blocks.size()];
        policies = new CuePolicy[blocks.size()];
        for (int i = 0; i < policies.length; i++) {
            CueConfig cue = cueOf(blocks.get(i));
            cues[i] = cue;
            policies[i] = cue == null ? null : cue.newPolicy();
        }
    }

    private static @Nullable CueConfig cueOf(Block block) {
        return switch (block) {
            case Block.Match match -> match.cue();
            case Block.Progress progress -> progress.cue();
            case Block.Exercise exercise -> exercise.cue();
            case Block.Fade fade -> fade.cue();
            case Block.Free free -> free.cue();
            case Block.Baseline baseline -> null;
            case Block.Retention retention -> null;
            case Block.Rest rest -> null;
        };
    }

    /** Returns whether beats belong to a block's walking; on demand they come only at a freeze. */
    boolean steady(int block) {
        CueConfig cue = cues[block];
        return cue != null && cue.policy() != CueConfig.PolicyName.ON_DEMAND;
    }

    /** Silence at once, until {@link #cue} or {@link #quiet}. */
    void stop(long nowNs) {
        planner.stop(nowNs);
        seenMode = planner.mode();
    }

    /** Beats of a block, as soon as the walker walks. */
    void cue(int block, double targetSpm, long nowNs) {
        CuePolicy policy = policies[block];
        if (policy == null) {
            quiet(true, nowNs);
            return;
        }
        planner.use(policy, nowNs);
        tempo(block, targetSpm);
        answer(freezing.cue());
        planner.start();
        seenMode = planner.mode();
    }

    /** No beats; but a freeze may be answered where the programme says so. */
    void quiet(boolean answered, long nowNs) {
        planner.start();
        planner.pause(nowNs);
        answer(answered && freezing.cue());
        seenMode = planner.mode();
    }

    /** Goes to a tempo; where none is known, to that of the block's own cue, which may be the walker's. */
    void tempo(int block, double targetSpm) {
        CueConfig cue = cues[block];
        double spm = Double.isNaN(targetSpm) && cue != null ? cue.tempoSpm() : targetSpm;
        targetPeriodNs = Double.isNaN(spm) ? 0 : Math.round(60e9 / spm);
        planner.tempo(spm);
    }

    /** A new session: what bound tempo before it, such as a freeze on the way to the chair, binds no more. */
    void newSession() {
        planner.clearCeiling();
    }

    /** Lets one beat in so many sound; 0 for none. */
    void thin(int wanted) {
        if (oneIn != wanted) {
            oneIn = wanted;
            planner.thin(wanted);
        }
    }

    /** From now on no beat is faster than this, ns; 0 for no such bound. */
    void neverFasterThan(long periodNs) {
        if (periodNs > 0) {
            planner.neverFasterThan(periodNs);
        }
    }

    /** "Too fast": no beat as fast as the last one was, whatever the policy. */
    void slowerThanLast() {
        neverFasterThan(Math.round(cuePeriodNs * (1 + SLOWER)));
    }

    /** Returns the interval of the newest beats that were no answer to a freeze, ns; 0 before the first. */
    long lastPeriodNs() {
        return cuePeriodNs;
    }

    /** Returns the bound of tempo, ns; 0 for none. */
    long ceilingNs() {
        return planner.ceilingNs();
    }

    /**
     * Returns the interval of the beats that the walker is to follow, ns; 0 while he hears none, or so few that he is on
     * his own again, or an answer to a freeze, which is slower than he walks by prescription. Beats that are still on their
     * way to a faster target count as there.
     */
    long heardPeriodNs() {
        if (!cueing() || oneIn == 0 || oneIn > FOLLOWED_ONE_IN) {
            return 0;
        }
        long periodNs = planner.periodNs();
        return targetPeriodNs > 0 ? Math.min(periodNs, targetPeriodNs) : periodNs;
    }

    /** Returns whether beats come that a walker can be locked to. */
    boolean cueing() {
        return planner.mode() == CuePlanner.Mode.CUEING && !planner.answering();
    }

    /**
     * Looks at the planner each cycle.
     *
     * @return the planner's own rule that silenced the beats or lets them go on blindly since the last look, or null
     */
    @Nullable
    SafetyRule look() {
        if (planner.periodNs() > 0 && !planner.answering()) {
            cuePeriodNs = planner.periodNs();
        }
        CuePlanner.Mode mode = planner.mode();
        SafetyRule acted = null;
        if (seenMode == CuePlanner.Mode.CUEING && mode == CuePlanner.Mode.HOLDING) {
            acted = SafetyRule.SENSOR_GAP;
        } else if (seenMode == CuePlanner.Mode.CUEING && mode == CuePlanner.Mode.LISTENING && !seenAnswering) {
            acted = SafetyRule.NO_STEP;
        }
        seenMode = mode;
        seenAnswering = planner.answering();
        return acted;
    }

    private void answer(boolean on) {
        planner.answerFreezing(on, freezing.tempoPct(), freezing.beats());
    }
}
