package dev.entrain.agent;

import dev.entrain.cue.CuePlanner;
import dev.entrain.cue.Prompt;
import dev.entrain.journal.WalkRecord;
import dev.entrain.pipeline.ControlCore;
import dev.entrain.remote.UnitControl;
import dev.entrain.session.Press;
import dev.entrain.session.SessionEngine;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The clinic's hand on the unit. Another thread asks, the control thread decides by what is so in that very cycle, as it does
 * with the button: a stop never starts anything, and nothing sounds within 2 s after one. It never touches tempo or level.
 */
final class ClinicHand implements UnitControl {
    /** As a press after a stop. */
    private static final long AFTER_STOP_NS = 2_000_000_000L;

    /** A reading this old is no sign that somebody wears the unit. */
    private static final long WORN_NS = 1_000_000_000L;

    private final ControlCore core;
    private final LiveSink sink;
    private final int feet;
    private final AtomicReference<@Nullable Ask> asked = new AtomicReference<>();
    private volatile @Nullable Verdict verdict;
    private boolean wentOn;
    private boolean everStopped;
    private long stoppedNs;

    /**
     * Makes the hand of a core.
     *
     * @param core stepped by the thread that calls {@link #take}
     * @param feet how many feet have a sensor
     */
    ClinicHand(ControlCore core, LiveSink sink, int feet) {
        this.core = core;
        this.sink = sink;
        this.feet = feet;
    }

    @Override
    public void ask(Ask ask) {
        asked.set(null);
        verdict = null;
        asked.set(ask);
    }

    @Override
    public @Nullable Verdict verdict() {
        return verdict;
    }

    @Override
    public boolean takeBack() {
        return asked.getAndSet(null) != null;
    }

    /** The control thread, before it takes anything: something was stopped before this hand was there. */
    void stopped(long nowNs) {
        everStopped = true;
        stoppedNs = nowNs;
    }

    /** The control thread, each cycle, after the button. Realtime-safe. */
    void take(long[] lastSampleNs, long nowNs) {
        boolean goesOn = goesOn();
        if (wentOn && !goesOn) {
            stopped(nowNs);
        }
        wentOn = goesOn;
        if (asked.get() != null) {
            Ask ask = asked.getAndSet(null);
            if (ask != null) {
                verdict = decide(ask, lastSampleNs, nowNs);
            }
        }
    }

    private Verdict decide(Ask ask, long[] lastSampleNs, long nowNs) {
        return switch (ask) {
            case IDENTIFY -> identify(nowNs);
            case START -> start(lastSampleNs, nowNs);
            case STOP -> stop(nowNs);
        };
    }

    private Verdict identify(long nowNs) {
        SessionEngine session = core.session();
        boolean inSession = session != null && !session.idle();
        CuePlanner.Mode mode = core.planner().mode();
        if (inSession || mode == CuePlanner.Mode.CUEING || mode == CuePlanner.Mode.HOLDING || walks()) {
            return Verdict.BUSY;
        }
        if (justStopped(nowNs)) {
            return Verdict.JUST_STOPPED;
        }
        sink.say(Prompt.HERE_I_AM);
        return Verdict.DONE;
    }

    private Verdict start(long[] lastSampleNs, long nowNs) {
        SessionEngine session = core.session();
        if (session == null) {
            return Verdict.NO_PROGRAMME;
        }
        if (session.mode() == SessionEngine.Mode.RUNNING) {
            return Verdict.BUSY;
        }
        if (session.mode() == SessionEngine.Mode.PAUSED) {
            return Verdict.PAUSED;
        }
        if (session.mode() == SessionEngine.Mode.ENDED) {
            return Verdict.OVER;
        }
        if (!worn(lastSampleNs, nowNs)) {
            return Verdict.NOT_WORN;
        }
        if (justStopped(nowNs)) {
            return Verdict.JUST_STOPPED;
        }
        core.press(Press.SHORT);
        return session.mode() == SessionEngine.Mode.RUNNING ? Verdict.DONE : Verdict.JUST_STOPPED;
    }

    /** A stop where nothing goes on is done too. */
    private Verdict stop(long nowNs) {
        SessionEngine session = core.session();
        if (session == null) {
            core.stop();
        } else if (session.mode() == SessionEngine.Mode.RUNNING) {
            core.press(Press.SHORT);
        }
        wentOn = false;
        stopped(nowNs);
        return Verdict.DONE;
    }

    private boolean goesOn() {
        SessionEngine session = core.session();
        return session == null
                ? core.planner().mode() != CuePlanner.Mode.STOPPED
                : session.mode() == SessionEngine.Mode.RUNNING;
    }

    private boolean walks() {
        return core.planner().walking(core.nowNs());
    }

    private boolean justStopped(long nowNs) {
        return everStopped && nowNs - stoppedNs < AFTER_STOP_NS;
    }

    private boolean worn(long[] lastSampleNs, long nowNs) {
        int fresh = 0;
        for (int i = 0; i < lastSampleNs.length; i++) {
            if (lastSampleNs[i] != WalkRecord.NONE && nowNs - lastSampleNs[i] < WORN_NS) {
                fresh++;
            }
        }
        return fresh >= feet;
    }
}
