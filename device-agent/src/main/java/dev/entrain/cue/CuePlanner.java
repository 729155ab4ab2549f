package dev.entrain.cue;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.GaitEvent;

/**
 * Turns a policy's proposals into a plan the audio path can keep: one beat ahead of the last final one, moved while it may
 * still move, final {@link #COMMIT_LEAD_NS} before it sounds, and silent by rule.
 *
 * <p>Rules: no step for max(1.5 strides, 2 s) is silence, counted while the sensors can see. While no foot has sent a
 * sample for 200 ms (told by the caller) the tempo is held; after 5 s of such blindness since the last step the beats fade
 * over 3 s into silence, in one piece or in many. After {@link #stop} nothing sounds until {@link #start}. Deterministic.
 * Not thread-safe; realtime-safe.
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

    private static final long NO_STEP_NS = 2_000_000_000L;
    private static final float GAIN_STEP = 0.25f;
    private static final int MAX_BEATS_PER_CYCLE = 4;

    /** What the planner is doing. */
    public enum Mode {
        /** Ordered to be silent. */
        STOPPED,
        /** Silent until the walker walks. */
        LISTENING,
        /** Beats are planned. */
        CUEING,
        /** The sensors are silent; the last tempo goes on. */
        HOLDING
    }

    private CuePolicy policy;
    private final CueLimits limits;
    private final CueSink sink;
    private final long commitLeadNs;
    private final AsynchronyMeter asynchrony = new AsynchronyMeter();
    private final StepPeriod steps = new StepPeriod();
    private final CueCommand command = new CueCommand();
    private final Beat last = new Beat();
    private final Beat pending = new Beat();
    private final Beat proposal = new Beat();
    private Mode mode = Mode.LISTENING;
    private boolean hasLast;
    private boolean hasPending;
    private float pendingGain;
    private float lastGain;
    private long pendingId;
    private long lastId;
    private long lastContactNs;
    private long blindNs;
    private long cycleNs;
    private boolean started;
    private boolean paused;
    private int thinning = 1;

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
        this.sink = sink;
        commitLeadNs = COMMIT_LEAD_NS + outputDelayNs;
    }

    /** Takes a gait event. */
    public void onGaitEvent(GaitEvent event) {
        if (event.kind == GaitEvent.Kind.INITIAL_CONTACT) {
            lastContactNs = event.timeNs;
            blindNs = 0;
            if (asynchrony.match(event.timeNs)) {
                policy.onAsynchrony(asynchrony.asynchronyNs(event.timeNs));
            }
        }
        steps.onGaitEvent(event);
        policy.onGaitEvent(event);
    }

    /** Takes a contact prediction. */
    public void onContactPrediction(ContactPrediction prediction) {
        policy.onContactPrediction(prediction);
    }

    /** Allows cues again after {@link #stop}; they begin when walking is seen. */
    public void start() {
        paused = false;
        if (mode == Mode.STOPPED) {
            mode = Mode.LISTENING;
        }
    }

    /** Ends all cues at once; nothing sounds until {@link #start}. */
    public void stop(long nowNs) {
        silence(nowNs);
        mode = Mode.STOPPED;
    }

    /**
     * Lets another policy place the beats. Beats that go on do so from the last final one, within the limits.
     *
     * @param other proposes beats from now on
     * @param nowNs the present
     */
    public void use(CuePolicy other, long nowNs) {
        policy = other;
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
     * Lets only some beats sound; the grid goes on underneath. Counts from the next beat that is not yet planned.
     *
     * @param oneIn 1 for all, 2 for every second, 4 for every fourth, 0 for none
     */
    public void thin(int oneIn) {
        thinning = oneIn;
    }

    /** Withdraws the planned beat; final ones still sound, new ones come only after {@link #start}. */
    public void pause(long nowNs) {
        if (mode != Mode.STOPPED) {
            paused = true;
            mode = Mode.LISTENING;
        }
        if (hasPending) {
            send(CueCommand.Kind.WITHDRAW, nowNs);
        }
        hasLast = false;
        hasPending = false;
    }

    /**
     * Says whether freezing is answered with beats, paused or not.
     *
     * @param on whether
     * @param tempoPct tempo against the walker's before the freeze, %, -30 to 0
     * @param beats fewest beats of an answer, 8 to 40
     */
    public void answerFreezing(boolean on, double tempoPct, int beats) {}

    /** Returns whether the beats that sound are the answer to a freeze. */
    public boolean answering() {
        return false;
    }

    /** Bounds tempo for the rest of the session; only ever tightens. */
    public void neverFasterThan(long periodNs) {
        limits.neverFasterThan(periodNs);
    }

    /** Takes the bound of {@link #neverFasterThan} away: a new session. */
    public void clearCeiling() {
        limits.clearCeiling();
    }

    /** Returns what the planner is doing. */
    public Mode mode() {
        return mode;
    }

    /** Returns whether a step was seen lately and more are expected. */
    public boolean walking(long nowNs) {
        return steps.known() && nowNs - lastContactNs <= longestPauseNs();
    }

    /** Returns the interval that led to the newest final beat, ns; 0 before the first. */
    public long periodNs() {
        return hasLast ? last.periodNs : 0;
    }

    /** Returns the walker's step period. */
    public StepPeriod steps() {
        return steps;
    }

    /** Returns the pairing of steps with beats. */
    public AsynchronyMeter asynchrony() {
        return asynchrony;
    }

    /**
     * Lets time pass: applies the rules, makes beats final, plans the next.
     *
     * @param nowNs time of the cycle; never goes back
     * @param sensorsSilent no foot has sent a sample for 200 ms
     */
    public void advance(long nowNs, boolean sensorsSilent) {
        if (sensorsSilent && started) {
            blindNs = Math.min(blindNs + nowNs - cycleNs, HOLD_NS + FADE_NS);
        }
        started = true;
        cycleNs = nowNs;
        switch (mode) {
            case STOPPED -> {}
            case LISTENING -> listen(nowNs, sensorsSilent);
            case CUEING, HOLDING -> {
                mode = sensorsSilent ? Mode.HOLDING : Mode.CUEING;
                if (blindNs >= HOLD_NS + FADE_NS || nowNs - lastContactNs - blindNs > longestPauseNs()) {
                    silence(nowNs);
                } else {
                    plan(nowNs);
                }
            }
        }
    }

    private long longestPauseNs() {
        return Math.max(NO_STEP_NS, 3 * steps.periodNs());
    }

    private void listen(long nowNs, boolean sensorsSilent) {
        if (steps.periodNs() != 0 && nowNs - lastContactNs > longestPauseNs()) {
            // The bout is over: what was learnt in it does not tell how the walker will walk next.
            policy.reset();
            steps.reset();
        }
        if (!paused
                && !sensorsSilent
                && walking(nowNs)
                && policy.proposeFirst(steps, nowNs + commitLeadNs + FIRST_LEAD_NS, proposal)) {
            mode = Mode.CUEING;
            limits.limitFirst(proposal);
            planBeat(nowNs);
        }
    }

    private void plan(long nowNs) {
        for (int i = 0; i < MAX_BEATS_PER_CYCLE; i++) {
            if (hasPending && pending.onsetNs - nowNs <= commitLeadNs) {
                commit(nowNs);
            }
            if (hasLast) {
                policy.proposeNext(steps, last, proposal);
                limits.limitNext(last, proposal);
            } else if (policy.proposeFirst(steps, nowNs + commitLeadNs, proposal)) {
                limits.limitFirst(proposal);
            }
            planBeat(nowNs);
            if (pending.onsetNs - nowNs > commitLeadNs) {
                return;
            }
        }
    }

    private void planBeat(long nowNs) {
        float gain = gainAt(proposal.onsetNs);
        if (!hasPending) {
            pendingId = ++lastId;
        } else if (proposal.onsetNs == pending.onsetNs && proposal.foot == pending.foot && gain == pendingGain) {
            return;
        }
        hasPending = true;
        pendingGain = gain;
        pending.copyFrom(proposal);
        asynchrony.onBeat(pendingId, pending.onsetNs, pending.periodNs);
        send(CueCommand.Kind.SCHEDULE, nowNs);
    }

    private void commit(long nowNs) {
        send(CueCommand.Kind.COMMIT, nowNs);
        last.copyFrom(pending);
        lastGain = pendingGain;
        hasLast = true;
        hasPending = false;
    }

    private float gainAt(long onsetNs) {
        long aheadNs = mode == Mode.HOLDING ? onsetNs - cycleNs : 0;
        long fadingNs = blindNs + aheadNs - HOLD_NS;
        float wanted = Math.clamp(1f - (float) fadingNs / FADE_NS, 0f, 1f);
        // Back from a fade the beat grows again step by step: a sudden full beat would startle.
        return hasLast ? Math.min(wanted, lastGain + GAIN_STEP) : wanted;
    }

    private void silence(long nowNs) {
        boolean sounding = hasLast || hasPending;
        hasLast = false;
        hasPending = false;
        mode = Mode.LISTENING;
        policy.reset();
        steps.reset();
        asynchrony.reset();
        if (sounding) {
            pendingId = 0;
            pending.onsetNs = nowNs;
            send(CueCommand.Kind.SILENCE, nowNs);
        }
    }

    private void send(CueCommand.Kind kind, long nowNs) {
        command.kind = kind;
        command.cueId = pendingId;
        command.onsetNs = pending.onsetNs;
        command.decidedNs = nowNs;
        command.foot = pending.foot;
        command.voice = CueCommand.Voice.BEAT;
        command.periodNs = pending.periodNs;
        command.gain = thinning == 0 ? 0 : pendingGain;
        sink.onCue(command);
    }
}
