package dev.entrain.session;

import dev.entrain.cue.CuePlanner;
import dev.entrain.cue.CueSink;
import dev.entrain.cue.Prompt;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Gives a programme: waits for the button, walks through the blocks, adapts the tempo ({@link TempoLevel}), obeys the safety
 * rules ({@link SafetyWatch}), says what is to be done. A deterministic step function without clocks, files or threads.
 *
 * <p>A block's time goes on while the patient stands, not while the session is paused. Who stands for {@value
 * #LONGEST_STAND_S} s without being asked to is paused, and a pause of over {@value #LONGEST_PAUSE_S} s ends the session. Only
 * the first baseline gives C0. Not thread-safe; realtime-safe (0 bytes per cycle) but for {@link #state}.
 */
public final class SessionEngine implements WalkGuide {
    /** Standing without being asked to, or sensors without a word, for so long pauses the session, s. */
    public static final int LONGEST_STAND_S = 60;

    /** A longer pause ends the session, s. */
    public static final int LONGEST_PAUSE_S = 600;

    /**
     * A press this soon after a stop, or after another such press, was meant to stop the cues, ns: who has just stumbled needs
     * about a second to press, and a slow hand hammers no faster.
     */
    private static final long STARTLED_NS = 2_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE;
    private static final double S = 1e-9;

    /** Where a session stands. */
    public enum Mode {
        /** Not begun: a press starts it. */
        WAITING,
        /** A block goes on. */
        RUNNING,
        /** Silent until the patient presses. */
        PAUSED,
        /** Over. */
        ENDED
    }

    private final Programme programme;
    private final CueOrders orders;
    private final Teller teller;
    private final SafetyWatch watch;
    private final BlockWalk walk;
    private @Nullable SessionState resume;
    private Mode mode = Mode.WAITING;
    private boolean timed;
    private boolean tooFast;
    private long sessionNs;
    private long nowNs;
    private long pausedSinceNs;
    private long stoppedSinceNs = NEVER;

    /**
     * Makes an engine that waits for the button.
     *
     * @param programme what to give
     * @param resume where an interrupted session was and how long ago; null for a new one. One that may not go on ({@link
     *     SessionState#resumes}) ends with the first cycle.
     * @param planner takes the orders
     * @param words hears what is to be spoken
     * @param sink hears what happens to the session
     */
    public SessionEngine(
            Programme programme, @Nullable SessionState resume, CuePlanner planner, CueSink words, SessionSink sink) {
        this.programme = programme;
        this.resume = resume;
        orders = new CueOrders(planner, programme);
        teller = new Teller(words, sink);
        watch = new SafetyWatch(programme.sessionS());
        walk = new BlockWalk(programme, orders, teller);
    }

    @Override
    public void onGaitEvent(GaitEvent gait) {
        if (mode == Mode.WAITING || mode == Mode.ENDED) {
            return;
        }
        watch.onGaitEvent(gait, orders.heardPeriodNs());
        if (mode == Mode.RUNNING) {
            walk.onGaitEvent(gait);
        }
        obey(Math.max(nowNs, gait.decidedNs));
    }

    @Override
    public void onStride(StrideEstimate stride) {
        if (mode == Mode.RUNNING) {
            walk.onStride(stride);
        }
    }

    @Override
    public void onTurn(Turn turn) {
        if (mode == Mode.RUNNING) {
            walk.onTurn(turn);
        }
    }

    @Override
    public void onStep(long timeNs, boolean paired, long asynchronyNs) {
        if (mode == Mode.RUNNING) {
            walk.onStep(timeNs, paired, asynchronyNs);
        }
    }

    @Override
    public void press(Press press, long timeNs) {
        if (mode == Mode.ENDED || (mode == Mode.WAITING && press != Press.SHORT)) {
            return;
        }
        if (press == Press.LONG) {
            end(SessionEvent.End.PATIENT, null, timeNs);
            return;
        }
        if (mode == Mode.RUNNING) {
            watch.onPress();
            obey(timeNs);
        } else if (press == Press.SHORT && startled(timeNs)) {
            stoppedSinceNs = timeNs;
        } else if (press == Press.SHORT) {
            go(timeNs);
        }
        if (press == Press.DOUBLE) {
            walk.slower(timeNs);
            tooFast = true;
        }
    }

    @Override
    public void unitBattery(int percent) {
        watch.onBattery(percent);
    }

    @Override
    public void advance(long timeNs) {
        long passedNs = timed ? timeNs - nowNs : 0;
        nowNs = timeNs;
        if (!timed) {
            timed = true;
            orders.stop(timeNs);
            takeUp(timeNs);
        }
        if (mode == Mode.WAITING || mode == Mode.ENDED) {
            return;
        }
        sessionNs += passedNs;
        SafetyRule acted = orders.look();
        if (acted != null) {
            teller.rule(acted, timeNs);
        }
        obey(timeNs);
        if (mode == Mode.PAUSED && timeNs - pausedSinceNs > LONGEST_PAUSE_S * 1_000_000_000L) {
            end(SessionEvent.End.ABANDONED, null, timeNs);
        } else if (mode == Mode.RUNNING) {
            judge(walk.advance(timeNs, passedNs), timeNs);
        }
    }

    /** Silence without words: the unit is about to go. */
    @Override
    public void stop(long timeNs) {
        if (mode == Mode.RUNNING) {
            pause(timeNs);
        }
        orders.stop(timeNs);
    }

    @Override
    public boolean idle() {
        return mode == Mode.WAITING || mode == Mode.ENDED;
    }

    /** Returns where the session stands. */
    public Mode mode() {
        return mode;
    }

    /** Returns the programme. */
    public Programme programme() {
        return programme;
    }

    /** Returns the present block's index, from 0; -1 before the first. */
    public int blockIndex() {
        return walk.index();
    }

    /** Returns the target tempo, beats a minute; NaN where there is none. */
    public double targetSpm() {
        return walk.targetSpm();
    }

    /** Returns the target tempo against C0, %; NaN where there is none. */
    public double levelPct() {
        return walk.levelPct();
    }

    /** Returns C0, steps/min; NaN while it is not known. */
    public double baselineSpm() {
        return walk.baselineSpm();
    }

    /** Returns whether the walker is locked to the beat. */
    public boolean locked() {
        return walk.locked();
    }

    /** Returns how long the session has gone on, pauses included, s. */
    public double sessionS() {
        return sessionNs * S;
    }

    /**
     * Returns what a restart needs, or null before the session began and after its end. Makes a new object: to be asked when
     * an event was told, not each cycle.
     */
    public @Nullable SessionState state() {
        return idle() || walk.index() < 0 ? null : walk.state(sessionNs * S);
    }

    /** Goes on with an interrupted session, silently and paused, or ends it. */
    private void takeUp(long timeNs) {
        SessionState state = resume;
        if (state == null) {
            return;
        }
        resume = null;
        if (!state.resumes(programme)) {
            end(SessionEvent.End.ABANDONED, null, timeNs);
            return;
        }
        sessionNs = Math.round((state.sessionS() + state.awayS()) / S);
        mode = Mode.PAUSED;
        pausedSinceNs = timeNs;
        walk.resume(state);
        teller.tell(SessionEvent.Kind.STARTED, timeNs);
        teller.tell(SessionEvent.Kind.PAUSED, timeNs);
    }

    /** The patient starts, or goes on. */
    private void go(long timeNs) {
        boolean first = mode == Mode.WAITING;
        mode = Mode.RUNNING;
        // While nothing happened cycles may have been left out; the session begins now.
        nowNs = timeNs;
        watch.restart();
        teller.tell(first ? SessionEvent.Kind.STARTED : SessionEvent.Kind.RESUMED, timeNs);
        if (first) {
            orders.newSession();
            walk.next(timeNs);
        }
        walk.begin(timeNs, !first);
        if (tooFast && walk.cued()) {
            teller.say(Prompt.A_LITTLE_SLOWER, timeNs);
            tooFast = false;
        }
    }

    private void judge(BlockWalk.Verdict verdict, long timeNs) {
        switch (verdict) {
            case ON -> {}
            case STOOD -> {
                pause(timeNs);
                teller.say(Prompt.PAUSED, timeNs);
            }
            case NO_BASELINE -> end(SessionEvent.End.NO_BASELINE, null, timeNs);
            case OVER -> {
                teller.tell(SessionEvent.Kind.BLOCK_ENDED, timeNs);
                if (walk.next(timeNs)) {
                    walk.begin(timeNs, false);
                } else {
                    end(SessionEvent.End.COMPLETED, null, timeNs);
                }
            }
        }
    }

    private void obey(long timeNs) {
        for (int i = 0; i < SafetyWatch.RULES; i++) {
            SafetyRule rule = watch.look(sessionNs * S);
            if (rule == null || mode == Mode.ENDED) {
                return;
            }
            act(rule, timeNs);
        }
    }

    private void act(SafetyRule rule, long timeNs) {
        if (rule.reaction() == SafetyRule.Reaction.LIMIT) {
            walk.froze(timeNs);
            teller.rule(rule, timeNs);
        } else if (rule.reaction() == SafetyRule.Reaction.END) {
            orders.stop(timeNs);
            teller.rule(rule, timeNs);
            if (rule == SafetyRule.BATTERY) {
                teller.say(Prompt.BATTERY_LOW, timeNs);
            }
            end(SessionEvent.End.RULE, rule, timeNs);
        } else if (mode == Mode.RUNNING) {
            orders.stop(timeNs);
            teller.rule(rule, timeNs);
            pause(timeNs);
            stoppedSinceNs = timeNs;
            teller.say(Prompt.PAUSED, timeNs);
        }
    }

    private boolean startled(long timeNs) {
        return mode == Mode.PAUSED && stoppedSinceNs != NEVER && timeNs - stoppedSinceNs < STARTLED_NS;
    }

    private void pause(long timeNs) {
        mode = Mode.PAUSED;
        pausedSinceNs = timeNs;
        orders.stop(timeNs);
        walk.pause(timeNs);
        teller.tell(SessionEvent.Kind.BLOCK_ENDED, timeNs);
        teller.tell(SessionEvent.Kind.PAUSED, timeNs);
    }

    private void end(SessionEvent.End end, @Nullable SafetyRule rule, long timeNs) {
        boolean running = mode == Mode.RUNNING;
        mode = Mode.ENDED;
        orders.stop(timeNs);
        if (running && end != SessionEvent.End.COMPLETED) {
            teller.tell(SessionEvent.Kind.BLOCK_ENDED, timeNs);
        }
        teller.ended(end, rule, timeNs);
        if (walk.index() >= 0) {
            teller.say(Prompt.FINISHED, timeNs);
        }
    }
}
