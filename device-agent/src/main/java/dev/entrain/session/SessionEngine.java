package dev.entrain.session;

import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CuePlanner;
import dev.entrain.cue.CueSink;
import dev.entrain.cue.Prompt;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives a programme: a deterministic step function without clocks, files or threads. Not thread-safe; realtime-safe (0
 * bytes per cycle) but for {@link #state}.
 */
public final class SessionEngine {
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
    private final CuePlanner planner;
    private final CueSink words;
    private final SessionSink sink;
    private final SessionEvent event = new SessionEvent();
    private final CueCommand say = new CueCommand();
    private Mode mode = Mode.WAITING;
    private int index = -1;
    private long startedNs;
    private long blockNs;
    private long lastNs;
    private boolean timed;
    private double beforeS;

    /**
     * Makes an engine that waits for the button.
     *
     * @param programme what to give
     * @param resume where an interrupted session was, or null
     * @param planner takes the orders; the engine silences it at once
     * @param words hears what is to be spoken
     * @param sink hears what happens to the session
     */
    public SessionEngine(
            Programme programme, @Nullable SessionState resume, CuePlanner planner, CueSink words, SessionSink sink) {
        this.programme = programme;
        this.planner = planner;
        this.words = words;
        this.sink = sink;
        if (resume != null && resume.resumes(programme)) {
            index = resume.blockIndex();
            beforeS = resume.sessionS() + resume.awayS();
            mode = Mode.PAUSED;
        }
    }

    /** Takes a gait event. */
    public void onGaitEvent(GaitEvent gait) {
        if (gait.kind == GaitEvent.Kind.NEAR_FALL && mode == Mode.RUNNING) {
            pause(gait.decidedNs);
        }
    }

    /** Takes a stride. */
    public void onStride(StrideEstimate stride) {}

    /** Takes a turn. */
    public void onTurn(Turn turn) {}

    /**
     * Takes a step and how it lies to the beat.
     *
     * @param paired whether a beat lies within half a period
     * @param asynchronyNs step minus beat, ns
     */
    public void onStep(long timeNs, boolean paired, long asynchronyNs) {}

    /** The patient pressed the button. */
    public void press(Press press, long nowNs) {
        if (mode == Mode.ENDED) {
            return;
        }
        if (press == Press.LONG) {
            end(SessionEvent.End.PATIENT, nowNs);
        } else if (mode == Mode.RUNNING) {
            pause(nowNs);
        } else if (press == Press.SHORT) {
            boolean first = mode == Mode.WAITING;
            mode = Mode.RUNNING;
            planner.start();
            if (first) {
                startedNs = nowNs;
                index = 0;
            }
            tell(first ? SessionEvent.Kind.STARTED : SessionEvent.Kind.RESUMED, nowNs);
            tell(SessionEvent.Kind.BLOCK_STARTED, nowNs);
        }
    }

    /** The unit's own battery, %. */
    public void unitBattery(int percent) {}

    /** Lets time pass: blocks, rules, words. */
    public void advance(long nowNs) {
        if (!timed) {
            timed = true;
            startedNs = nowNs;
            planner.stop(nowNs);
        } else if (mode == Mode.RUNNING) {
            blockNs += nowNs - lastNs;
        }
        lastNs = nowNs;
        List<Block> blocks = programme.blocks();
        if (mode == Mode.RUNNING && blockNs * 1e-9 >= blocks.get(index).durationS()) {
            tell(SessionEvent.Kind.BLOCK_ENDED, nowNs);
            blockNs = 0;
            if (index + 1 == blocks.size()) {
                end(SessionEvent.End.COMPLETED, nowNs);
            } else {
                index++;
                tell(SessionEvent.Kind.BLOCK_STARTED, nowNs);
            }
        }
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
        return index;
    }

    /** Returns the target tempo, beats a minute; NaN where there is none. */
    public double targetSpm() {
        return Double.NaN;
    }

    /** Returns the target tempo against C0, %; NaN where there is none. */
    public double levelPct() {
        return Double.NaN;
    }

    /** Returns C0, steps/min; NaN while it is not known. */
    public double baselineSpm() {
        return Double.NaN;
    }

    /** Returns whether the walker is locked to the beat. */
    public boolean locked() {
        return false;
    }

    /** Returns how long the session has gone on, pauses included, s. */
    public double sessionS() {
        return index < 0 ? 0 : beforeS + (lastNs - startedNs) * 1e-9;
    }

    /**
     * Returns what a restart needs, or null before the session began and after its end. Makes a new object: to be asked when
     * an event was told, not each cycle.
     */
    public @Nullable SessionState state() {
        if (mode == Mode.WAITING || mode == Mode.ENDED) {
            return null;
        }
        return new SessionState(
                programme.name(),
                programme.fingerprint(),
                index,
                blockNs * 1e-9,
                baselineSpm(),
                Double.NaN,
                levelPct(),
                true,
                0,
                sessionS(),
                0);
    }

    private void pause(long nowNs) {
        mode = Mode.PAUSED;
        planner.stop(nowNs);
        tell(SessionEvent.Kind.BLOCK_ENDED, nowNs);
        tell(SessionEvent.Kind.PAUSED, nowNs);
        speak(Prompt.PAUSED, nowNs);
    }

    private void end(SessionEvent.End end, long nowNs) {
        mode = Mode.ENDED;
        planner.stop(nowNs);
        event.end = end;
        tell(SessionEvent.Kind.ENDED, nowNs);
        event.end = null;
        speak(Prompt.FINISHED, nowNs);
    }

    private void speak(Prompt prompt, long nowNs) {
        say.kind = CueCommand.Kind.SAY;
        say.prompt = prompt;
        say.onsetNs = nowNs;
        say.decidedNs = nowNs;
        words.onCue(say);
    }

    private void tell(SessionEvent.Kind kind, long nowNs) {
        event.kind = kind;
        event.timeNs = nowNs;
        event.blockIndex = index;
        event.block = index < 0 ? null : programme.blocks().get(index).kind();
        event.targetSpm = targetSpm();
        event.levelPct = levelPct();
        event.baselineSpm = baselineSpm();
        sink.onSessionEvent(event);
    }
}
