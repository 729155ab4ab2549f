package dev.entrain.session;

import dev.entrain.cue.CueLimits;
import dev.entrain.cue.Prompt;
import dev.entrain.entrainment.LockDetector;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a programme, one after the other: when each is over, its tempo, its tasks and its words. Knows nothing of
 * buttons, pauses and safety rules. Not thread-safe; realtime-safe.
 */
final class BlockWalk {
    /** A block that must find C0 lasts at most so many times its duration. */
    private static final int MOST_EXTENSION = 2;

    private static final double S = 1e-9;

    /** How the present block stands. */
    enum Verdict {
        /** It goes on. */
        ON,
        /** It is over. */
        OVER,
        /** The patient has stood for too long without being asked to. */
        STOOD,
        /** The baseline walk gave no cadence. */
        NO_BASELINE
    }

    private final Programme programme;
    private final List<Block> blocks;
    private final CueOrders orders;
    private final Teller teller;
    private final TempoLevel level;
    private final BaselineWalk baseline = new BaselineWalk();
    private final LockDetector lock = new LockDetector();
    private final @Nullable ExerciseTasks[] exercises;
    private boolean wasLocked;
    private int index = -1;
    private int shifts;
    private double baselineSpm = Double.NaN;
    private double baselineSpeedMps = Double.NaN;
    private double targetSpm = Double.NaN;
    private double blockLevelPct;
    private long blockNs;
    private long movedNs;

    BlockWalk(Programme programme, CueOrders orders, Teller teller) {
        this.programme = programme;
        this.orders = orders;
        this.teller = teller;
        blocks = programme.blocks();
        level = new TempoLevel(programme.tempo());
        blockLevelPct = level.pct();
        exercises = new ExerciseTasks[blocks.size()];
        for (int i = 0; i < exercises.length; i++) {
            exercises[i] = blocks.get(i) instanceof Block.Exercise exercise ? new ExerciseTasks(exercise) : null;
        }
        baseline.reset();
    }

    /** Takes the place and the tempo of an interrupted session. */
    void resume(SessionState state) {
        baselineSpm = state.baselineSpm();
        baselineSpeedMps = state.baselineSpeedMps();
        level.resume(state.levelPct(), state.mayProgress());
        orders.neverFasterThan(state.ceilingNs());
        place(state.blockIndex());
    }

    /** Goes to the next block; returns false if there is none. */
    boolean next(long timeNs) {
        orders.thin(1);
        if (index + 1 == blocks.size()) {
            return false;
        }
        if (!blocks.get(index + 1).kind().cued()) {
            pause(timeNs);
        }
        place(index + 1);
        return true;
    }

    private void place(int block) {
        index = block;
        blockNs = 0;
        blockLevelPct = level.pct();
        teller.at(block, blocks.get(block).kind());
        retarget();
    }

    /**
     * Begins the present block, or goes on with it.
     *
     * @param again whether it goes on, after silence
     */
    void begin(long timeNs, boolean again) {
        Block.Kind kind = blocks.get(index).kind();
        movedNs = timeNs;
        level.settle(timeNs);
        if (again) {
            baseline.walkOn();
        }
        teller.tell(SessionEvent.Kind.BLOCK_STARTED, timeNs);
        if (!Double.isNaN(targetSpm)) {
            teller.tell(SessionEvent.Kind.LEVEL, timeNs);
        }
        if (kind.cued()) {
            orders.cue(index, targetSpm, timeNs);
        } else {
            orders.quiet(kind != Block.Kind.REST, timeNs);
        }
        ExerciseTasks tasks = exercises[index];
        if (tasks != null) {
            tasks.begin(blockNs * S, targetSpm);
        }
        greet(kind, again, timeNs);
    }

    /** The walk with beats is interrupted, and with it lock. */
    void pause(long timeNs) {
        lock.reset();
        tellLock(timeNs);
    }

    void onGaitEvent(GaitEvent gait) {
        if (gait.kind == GaitEvent.Kind.INITIAL_CONTACT) {
            movedNs = Math.max(movedNs, gait.timeNs);
        }
        if (measuring()) {
            baseline.onGaitEvent(gait);
        }
    }

    void onStride(StrideEstimate stride) {
        if (measuring()) {
            baseline.onStride(stride);
        }
    }

    void onTurn(Turn turn) {
        if (measuring()) {
            baseline.onTurn(turn);
        }
    }

    void onStep(long timeNs, boolean paired, long asynchronyNs) {
        if (orders.cueing()) {
            lock.onStep(timeNs, paired, asynchronyNs, orders.lastPeriodNs());
        }
    }

    /** Lets time pass in the present block. */
    Verdict advance(long timeNs, long passedNs) {
        blockNs += passedNs;
        Block block = blocks.get(index);
        double passedS = blockNs * S;
        boolean over = passedS >= block.durationS();
        tellLock(timeNs);
        switch (block) {
            case Block.Baseline base -> over = over && findBaseline(base);
            case Block.Match match ->
                over |= passedS >= match.minS() && lock.wholeShare() && lock.lockedShare() >= match.lockedShare();
            case Block.Progress progress -> progress(progress, timeNs, passedNs);
            case Block.Exercise exercise -> exercise(timeNs, passedS);
            case Block.Fade fade -> fade(passedS / fade.durationS());
            default -> {}
        }
        if (over) {
            return Verdict.OVER;
        }
        if (measuring() && passedS >= MOST_EXTENSION * block.durationS()) {
            return Verdict.NO_BASELINE;
        }
        return stood(block.kind(), timeNs) ? Verdict.STOOD : Verdict.ON;
    }

    /** A walker froze: no rise any more. That no beat is faster than before is the planner's own rule. */
    void froze(long timeNs) {
        double beforeSpm = targetSpm;
        level.forbidProgress();
        retarget();
        if (targetSpm < beforeSpm) {
            orders.tempo(index, targetSpm);
            teller.tell(SessionEvent.Kind.LEVEL, timeNs);
        }
    }

    /** "Too fast": slower and without progress. */
    void slower(long timeNs) {
        level.tooFast();
        orders.slowerThanLast();
        retarget();
        teller.tell(SessionEvent.Kind.LEVEL, timeNs);
    }

    int index() {
        return index;
    }

    double targetSpm() {
        return targetSpm;
    }

    double levelPct() {
        // What the bounds leave of the level: 0 % that a freeze holds at 98 % of C0 is -2 %.
        return targetSpm == unboundSpm() ? level.pct() : 100 * (targetSpm / baselineSpm - 1);
    }

    double baselineSpm() {
        return baselineSpm;
    }

    boolean cued() {
        return blocks.get(index).kind().cued();
    }

    boolean locked() {
        return wasLocked;
    }

    SessionState state(double sessionS) {
        return new SessionState(
                programme.name(),
                programme.fingerprint(),
                index,
                blockNs * S,
                baselineSpm,
                baselineSpeedMps,
                Math.min(blockLevelPct, level.pct()),
                level.mayProgress() && !level.exhausted(),
                orders.ceilingNs(),
                sessionS,
                0);
    }

    private void greet(Block.Kind kind, boolean again, long timeNs) {
        Block.Kind before = index == 0 ? Block.Kind.REST : blocks.get(index - 1).kind();
        boolean fromSilence = again || index == 0 || !orders.steady(index - 1);
        if (kind != Block.Kind.REST && (again || (index > 0 && before == Block.Kind.REST))) {
            teller.say(Prompt.WALK, timeNs);
        }
        if (kind == Block.Kind.REST) {
            teller.say(Prompt.REST, timeNs);
        } else if (kind == Block.Kind.FADE) {
            if (fromSilence) {
                teller.say(Prompt.STEP_WITH_BEAT, timeNs);
            }
            teller.say(Prompt.KEEP_THE_RHYTHM, timeNs);
        } else if (!orders.steady(index)) {
            teller.say(Prompt.WALK_AS_USUAL, timeNs);
        } else if (kind == Block.Kind.MATCH || fromSilence) {
            teller.say(Prompt.STEP_WITH_BEAT, timeNs);
        }
    }

    private boolean stood(Block.Kind kind, long timeNs) {
        ExerciseTasks tasks = exercises[index];
        if (kind == Block.Kind.REST || (tasks != null && tasks.standing())) {
            movedNs = timeNs;
        }
        return timeNs - movedNs > SessionEngine.LONGEST_STAND_S * 1_000_000_000L;
    }

    /** Returns whether C0 is known. One that no beat may have is none. */
    private boolean findBaseline(Block.Baseline block) {
        if (!measuring()) {
            return true;
        }
        double spm = baseline.cadenceSpm();
        double firstSpm = spm * (1 + level.pct() / 100);
        if (baseline.strides() < block.minStrides()
                || firstSpm < 60e9 / CueLimits.MAX_PERIOD_NS
                || firstSpm > 60e9 / CueLimits.MIN_PERIOD_NS) {
            return false;
        }
        baselineSpm = spm;
        baselineSpeedMps = baseline.speedMps();
        level.judge(baselineSpm, baselineSpeedMps);
        retarget();
        return true;
    }

    private void progress(Block.Progress block, long timeNs, long passedNs) {
        TempoLevel.Change change = level.advance(timeNs, passedNs, orders.cueing(), lock, block.stepS(), mostPct());
        if (change == TempoLevel.Change.NONE) {
            return;
        }
        retarget();
        orders.tempo(index, targetSpm);
        teller.tell(SessionEvent.Kind.LEVEL, timeNs);
        if (level.worthSaying(change, timeNs)) {
            teller.say(change == TempoLevel.Change.UP ? Prompt.A_LITTLE_FASTER : Prompt.A_LITTLE_SLOWER, timeNs);
        }
    }

    /** Returns the greatest level that the absolute range and the bound of a freeze leave, %. */
    private double mostPct() {
        long shortestNs = Math.max(CueLimits.MIN_PERIOD_NS, orders.ceilingNs());
        return (60e9 / shortestNs / baselineSpm - 1) * 100;
    }

    private void exercise(long timeNs, double passedS) {
        ExerciseTasks tasks = exercises[index];
        if (tasks == null) {
            return;
        }
        switch (tasks.advance(passedS)) {
            case STAND -> {
                teller.say(Prompt.STOP, timeNs);
                orders.quiet(false, timeNs);
                pause(timeNs);
            }
            case WALK -> {
                teller.say(Prompt.WALK, timeNs);
                orders.cue(index, targetSpm, timeNs);
                movedNs = timeNs;
            }
            case TURN -> teller.say(Prompt.TURN_ROUND, timeNs);
            case SHIFT -> orders.tempo(index, shiftedSpm(tasks));
            case UNSHIFT -> orders.tempo(index, targetSpm);
            case NONE -> {}
        }
    }

    /** A beat is moved later and earlier in turn; earlier only where tempo may be so much faster for a moment. */
    private double shiftedSpm(ExerciseTasks tasks) {
        double peakPct = tasks.peakPct(targetSpm);
        boolean mayHurry = level.mayProgress()
                && level.pct() + peakPct <= Math.min(programme.tempo().ceilingPct(), mostPct());
        boolean earlier = shifts % 2 == 1 && mayHurry;
        shifts++;
        return targetSpm * (1 + (earlier ? peakPct : -peakPct) / 100);
    }

    private void fade(double share) {
        orders.thin(share < 0.25 ? 1 : share < 0.5 ? 2 : share < 0.75 ? 4 : 0);
    }

    private void tellLock(long timeNs) {
        if (lock.locked() != wasLocked) {
            wasLocked = lock.locked();
            teller.tell(wasLocked ? SessionEvent.Kind.LOCKED : SessionEvent.Kind.UNLOCKED, timeNs);
        }
    }

    private boolean measuring() {
        return Double.isNaN(baselineSpm) && blocks.get(index).kind() == Block.Kind.BASELINE;
    }

    private double unboundSpm() {
        return baselineSpm * (1 + level.pct() / 100);
    }

    /** Computes the present target from level, C0 and every bound. */
    private void retarget() {
        targetSpm = cued()
                ? Math.clamp(
                        unboundSpm(),
                        60e9 / CueLimits.MAX_PERIOD_NS,
                        60e9 / Math.max(CueLimits.MIN_PERIOD_NS, orders.ceilingNs()))
                : Double.NaN;
        teller.tempo(targetSpm, levelPct(), baselineSpm);
    }
}
