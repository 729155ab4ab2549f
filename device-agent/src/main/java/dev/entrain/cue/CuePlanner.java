package dev.entrain.cue;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.GaitEvent;

/**
 * Turns a policy's proposals into a plan the audio path can keep: one beat ahead of the last final one, moved while it may
 * still move, final {@link #COMMIT_LEAD_NS} before it sounds, and silent by rule.
 *
 * <p>Rules: no step for max(1.5 strides, 2 s) is silence, counted while the sensors can see. While no foot has sent a
 * sample for 200 ms (told by the caller) the tempo is held; after 5 s of such blindness since the last step the beats fade
 * over 3 s into silence, in one piece or in many. A freeze is answered where that is asked for ({@link FreezeAnswer}),
 * and whether or not, no later beat is faster than before it. After {@link #stop} nothing sounds until {@link #start}.
 * Deterministic. Not thread-safe; realtime-safe.
 */
public final class CuePlanner {
    /**
     * A beat is final this long before it sounds, in sample time. Samples are up to 16 ms old when a USB line delivers
     * them and wait up to 40 ms for the other foot; the audio buffer holds 43 ms.
     */
    public static final long COMMIT_LEAD_NS = 150_000_000L;

    /** A first beat is planned this much before it must be final, so that better predictions can still move it. */
    private static final long FIRST_LEAD_NS = 50_000_000L;

    /** Longest silence of all sensors during which the last tempo is held, ns. */
    public static final long HOLD_NS = 5_000_000_000L;

    /** Time over which a held beat fades away, ns. */
    public static final long FADE_NS = 3_000_000_000L;

    private static final float GAIN_STEP = 0.25f;
    private static final int MAX_BEATS_PER_CYCLE = 4;

    /** What the planner is doing. */
    public enum Mode {
        /** Ordered to be silent. */
        STOPPED,
        /** Silent until the walker walks, or paused. */
        LISTENING,
        /** Beats are planned. */
        CUEING,
        /** The sensors are silent; the last tempo goes on. */
        HOLDING
    }

    private CuePolicy policy;
    private final CueLimits limits;
    private final long commitLeadNs;
    private final CuePlan plan;
    private final Walker walker = new Walker();
    private final FreezeAnswer answer = new FreezeAnswer();
    private final SilenceRules rules = new SilenceRules();
    private final Beat proposal = new Beat();
    private Mode mode = Mode.LISTENING;
    private boolean paused;

    /**
     * Makes a planner that listens for walking.
     *
     * @param policy proposes beats
     * @param limits bounds them
     * @param outputDelayNs how much later than written a sound is heard, ns, at least 0: so much earlier must a beat be final
     * @param sink receives every change of the plan
     */
    public CuePlanner(CuePolicy policy, CueLimits limits, long outputDelayNs, CueSink sink) {
        this.policy = policy;
        this.limits = limits;
        plan = new CuePlan(sink);
        commitLeadNs = COMMIT_LEAD_NS + outputDelayNs;
    }

    /** Takes a gait event. */
    public void onGaitEvent(GaitEvent event) {
        if (event.kind == GaitEvent.Kind.FREEZE_ON) {
            onFreeze(event.decidedNs);
        }
        walker.onGaitEvent(event);
        answer.onGaitEvent(event, walker);
        if (event.kind == GaitEvent.Kind.INITIAL_CONTACT) {
            rules.onContact(event.timeNs);
            AsynchronyMeter beats = plan.beats();
            boolean paired = beats.match(event.timeNs);
            policy.onStep(walker, paired, paired ? beats.asynchronyNs(event.timeNs) : 0);
        }
    }

    private void onFreeze(long nowNs) {
        if (plan.mute() && plan.hasLast() && !answer.active()) {
            // Nobody hears this train: he walks in his own tempo, and an answer begins with that.
            endTrain(nowNs);
        }
        long beforeNs = periodNs() > 0 ? periodNs() : answer.usualNs(walker);
        // The slow beats of an answer, and those on the way back from it, are not what was before: the bound of then
        // stands.
        if (beforeNs > 0 && answer.over(nowNs)) {
            limits.neverFasterThan(beforeNs);
        }
        if (mode != Mode.STOPPED && (answer.asked() || (policy.onDemandOnly() && !paused))) {
            answer.begin(nowNs, walker, answer.over(nowNs) ? periodNs() : 0);
        }
    }

    /** Takes a contact prediction. */
    public void onContactPrediction(ContactPrediction prediction) {
        walker.onContactPrediction(prediction);
    }

    /** Allows cues again after {@link #stop} or {@link #pause}; they begin when walking is seen. */
    public void start() {
        paused = false;
        if (mode == Mode.STOPPED) {
            mode = Mode.LISTENING;
        }
    }

    /** Ends all cues at once, an answer to a freeze too; nothing sounds until {@link #start}. */
    public void stop(long nowNs) {
        silence(nowNs);
        mode = Mode.STOPPED;
    }

    /**
     * Withdraws the planned beat; final ones still sound, new ones come only after {@link #start}. An answer to a freeze
     * goes on, and the next freeze is answered if that is asked for.
     */
    public void pause(long nowNs) {
        paused = true;
        if (mode != Mode.STOPPED && !answer.active()) {
            endTrain(nowNs);
        }
    }

    /**
     * Lets another policy place the beats. Beats that go on do so from the last final one, within the limits; an answer
     * to a freeze is made to its end first.
     *
     * @param other proposes beats from now on
     * @param nowNs the present
     */
    public void use(CuePolicy other, long nowNs) {
        policy = other;
        if (answer.active()) {
            return;
        }
        if (plan.hasLast() && !other.onDemandOnly()) {
            other.takeOver(walker, plan.last());
        } else if (mode != Mode.STOPPED) {
            endTrain(nowNs);
        }
    }

    /**
     * Prescribes a tempo.
     *
     * @param spm beats per minute, 40 to 160; NaN for the walker's own
     */
    public void tempo(double spm) {
        policy.tempo(spm);
    }

    /**
     * Lets only some beats sound; the grid goes on underneath. Counts from the next beat that is not yet planned, which
     * sounds. Beats that answer a freeze all sound. A beat that does not sound is no cue: nothing is sent of it.
     *
     * @param one 1 for all, 2 for every second, 4 for every fourth, 0 for none
     */
    public void thin(int one) {
        plan.thin(one);
    }

    /**
     * Says whether freezing is answered with beats, whatever the policy, paused or not.
     *
     * @param on whether; false ends a running answer with its fade
     * @param tempoPct tempo against the walker's before the freeze, %, -30 to 0
     * @param beats fewest beats of an answer, 8 to 40
     */
    public void answerFreezing(boolean on, double tempoPct, int beats) {
        answer.ask(on, tempoPct, beats);
    }

    /** Returns whether the beats that sound are the answer to a freeze. */
    public boolean answering() {
        return answer.active();
    }

    /** Bounds tempo for the rest of the session: no interval shorter than this, ns; only ever tightens. */
    public void neverFasterThan(long periodNs) {
        limits.neverFasterThan(periodNs);
    }

    /** Returns the bound of {@link #neverFasterThan} and of earlier freezes, ns; 0 for none. */
    public long ceilingNs() {
        return limits.shortestNs() > CueLimits.MIN_PERIOD_NS ? limits.shortestNs() : 0;
    }

    /** Takes the bound of {@link #neverFasterThan} and of earlier freezes away: a new session. */
    public void clearCeiling() {
        limits.clearCeiling();
    }

    /** Returns what the planner is doing. */
    public Mode mode() {
        return mode;
    }

    /** Returns whether a step was seen lately and more are expected. */
    public boolean walking(long nowNs) {
        return walker.steps().known() && rules.steppedLately(nowNs, walker.periodNs());
    }

    /** Returns the interval on the grid that led to the newest final beat, ns; 0 before the first. */
    public long periodNs() {
        return plan.hasLast() ? plan.last().periodNs : 0;
    }

    /** Returns the walker's step period. */
    public StepPeriod steps() {
        return walker.steps();
    }

    /** Returns the pairing of steps with the beats that sound. */
    public AsynchronyMeter asynchrony() {
        return plan.cues();
    }

    /**
     * Lets time pass: applies the rules, makes beats final, plans the next.
     *
     * @param nowNs time of the cycle; never goes back
     * @param sensorsSilent no foot has sent a sample for 200 ms
     */
    public void advance(long nowNs, boolean sensorsSilent) {
        rules.pass(nowNs, sensorsSilent);
        switch (mode) {
            case STOPPED -> {}
            case LISTENING -> listen(nowNs, sensorsSilent);
            case CUEING, HOLDING -> {
                mode = sensorsSilent ? Mode.HOLDING : Mode.CUEING;
                cue(nowNs);
            }
        }
    }

    private void cue(long nowNs) {
        if (answer.due(nowNs)) {
            releaseAnswer(nowNs);
        } else if (answer.faded()) {
            answer.end(nowNs);
            endTrain(nowNs);
            return;
        }
        boolean noStep = !answer.active() && rules.noStep(nowNs, walker.periodNs());
        if (noStep || rules.blindTooLong()) {
            silence(nowNs);
        } else {
            planAhead(nowNs);
        }
    }

    private void listen(long nowNs, boolean sensorsSilent) {
        if (answer.active()) {
            mode = Mode.CUEING;
            planAhead(nowNs);
            return;
        }
        if (walker.periodNs() != 0 && !rules.steppedLately(nowNs, walker.periodNs())) {
            // The bout is over: what was learnt in it does not tell how the walker will walk next.
            policy.reset();
            walker.reset();
        }
        long earliestNs = nowNs + commitLeadNs + FIRST_LEAD_NS;
        if (!paused && !sensorsSilent && walking(nowNs) && policy.proposeFirst(walker, earliestNs, proposal)) {
            mode = Mode.CUEING;
            limits.limitFirst(proposal, nowNs + commitLeadNs);
            place(nowNs);
        }
    }

    private void releaseAnswer(long nowNs) {
        boolean goesOn = !paused && !policy.onDemandOnly() && plan.hasLast();
        if (goesOn && answer.walksAgain() && walking(nowNs)) {
            answer.end(nowNs);
            policy.takeOver(walker, plan.last());
        } else if (!goesOn || !answer.patient(nowNs)) {
            answer.fade();
        }
    }

    private void planAhead(long nowNs) {
        long earliestNs = nowNs + commitLeadNs;
        for (int i = 0; i < MAX_BEATS_PER_CYCLE; i++) {
            if (plan.hasPending() && plan.pendingNs() <= earliestNs) {
                plan.commit(nowNs);
                limits.onFinal(plan.last(), plan.lastSounds());
                answer.onBeat();
            }
            if (answer.faded()) {
                return;
            }
            propose(earliestNs);
            if (plan.hasPending() && proposal.onsetNs < earliestNs) {
                // Too late to move it there: it stays where it was planned, which is in time.
                return;
            }
            place(nowNs);
            if (plan.pendingNs() > earliestNs) {
                return;
            }
        }
    }

    private void propose(long earliestNs) {
        if (plan.hasLast()) {
            if (answer.active()) {
                answer.proposeNext(plan.last(), proposal);
                limits.limitNext(proposal, 0, earliestNs);
            } else {
                policy.proposeNext(walker, plan.last(), proposal);
                limits.limitNext(proposal, policy.irregularity(), earliestNs);
            }
        } else if (answer.active()) {
            if (!plan.hasPending()) {
                answer.proposeFirst(walker, earliestNs, proposal);
                limits.limitFirst(proposal, earliestNs);
            }
        } else if (policy.proposeFirst(walker, earliestNs, proposal)) {
            limits.limitFirst(proposal, earliestNs);
        }
    }

    private void place(long nowNs) {
        float wanted = Math.min(rules.gainAt(proposal.onsetNs), answer.gain());
        // Back from a fade the beat grows again step by step: a sudden full beat would startle.
        float gain = plan.hasLast() ? Math.min(wanted, plan.lastGain() + GAIN_STEP) : wanted;
        plan.place(proposal, gain, answer.active(), nowNs);
    }

    private void endTrain(long nowNs) {
        plan.end(nowNs);
        mode = Mode.LISTENING;
        policy.reset();
    }

    private void silence(long nowNs) {
        plan.silence(nowNs);
        mode = Mode.LISTENING;
        answer.end(nowNs);
        policy.reset();
        walker.reset();
    }
}
