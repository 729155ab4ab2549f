package dev.entrain.agent;

import dev.entrain.audio.PlayedCue;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.Prompt;
import dev.entrain.entrainment.LockDetector;
import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootAlignment;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.LiveState;
import dev.entrain.pipeline.CoreSink;
import dev.entrain.pipeline.StepReport;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.session.SessionEngine;
import dev.entrain.session.SessionEvent;

/**
 * Hands what the core says to the other threads: cues to the audio ring, facts of the walk to the journal's. Never waits; a
 * full ring counts and the newest is lost. Used by the control thread only; realtime-safe.
 */
final class LiveSink implements CoreSink {
    private static final Foot[] FEET = Foot.values();

    private final SlotRing<CueCommand> cues;
    private final FactFeed facts;
    private final Counters counters;
    private final LiveStatus status;
    private final MusicSteps music;
    private final LockDetector lock = new LockDetector();
    private final double[] phase = {Double.NaN, Double.NaN};
    private final long[] phaseTimeNs = {LiveState.NONE, LiveState.NONE};
    private final long[] contactNs = {LiveState.NONE, LiveState.NONE};
    private long periodNs;

    /**
     * Makes a sink.
     *
     * @param facts takes what happens to the journal
     * @param music hears of steps and beats
     */
    LiveSink(SlotRing<CueCommand> cues, FactFeed facts, Counters counters, LiveStatus status, MusicSteps music) {
        this.music = music;
        this.cues = cues;
        this.facts = facts;
        this.counters = counters;
        this.status = status;
    }

    @Override
    public void onGaitEvent(GaitEvent event) {
        if (event.kind == GaitEvent.Kind.INITIAL_CONTACT) {
            contactNs[event.foot.ordinal()] = event.timeNs;
        }
        facts.gait(event);
    }

    @Override
    public void onContactPrediction(ContactPrediction prediction) {
        // Only the planner needs predictions.
    }

    @Override
    public void onFootPhase(FootPhase footPhase) {
        phase[footPhase.foot.ordinal()] = footPhase.phase;
        phaseTimeNs[footPhase.foot.ordinal()] = footPhase.timeNs;
        status.phase(footPhase.foot, footPhase.phase);
    }

    @Override
    public void onAlignment(FootAlignment alignment) {
        status.swapped(alignment.swapped);
        if (alignment.state == FootAlignment.State.CHANGED) {
            status.sensorTurns(alignment.foot, status.sensorTurns(alignment.foot) + 1);
        }
    }

    @Override
    public void onSessionEvent(SessionEvent event) {
        status.session().event(event);
        facts.event(event);
        if (event.kind == SessionEvent.Kind.STARTED) {
            music.begin();
        }
    }

    @Override
    public void onStride(StrideEstimate stride) {
        facts.stride(stride);
        music.stride(stride);
    }

    @Override
    public void onCue(CueCommand command) {
        CueCommand slot = cues.claim();
        if (slot == null) {
            counters.increment(Counter.CUES_REFUSED);
        } else {
            slot.copyFrom(command);
            cues.publish();
        }
        if (command.kind == CueCommand.Kind.SAY) {
            status.session().say(command.prompt);
            if (command.prompt == Prompt.FINISHED) {
                tellReached();
            }
        } else if (command.kind == CueCommand.Kind.COMMIT) {
            counters.increment(Counter.CUES);
            periodNs = command.periodNs;
        } else if (command.kind == CueCommand.Kind.SILENCE) {
            status.asynchronyMs(Double.NaN);
            lock.reset();
            music.silence();
            facts.silence(command.onsetNs, command.decidedNs);
        }
    }

    /** Has a prompt spoken. */
    void say(Prompt prompt) {
        CueCommand slot = cues.claim();
        if (slot == null) {
            counters.increment(Counter.PROMPTS_REFUSED);
        } else {
            slot.kind = CueCommand.Kind.SAY;
            slot.prompt = prompt;
            cues.publish();
            status.session().say(prompt);
        }
    }

    /** Says what was reached; of what was not there is no word. */
    private void tellReached() {
        for (Prompt news = music.news(); news != null; news = music.news()) { // Two at most.
            say(news);
        }
    }

    /** Says whether beats answer a freeze. */
    void answering(boolean now) {
        music.answering(now);
    }

    @Override
    public void onStep(StepReport step) {
        counters.increment(Counter.STEPS);
        boolean cued = step.cueId != 0;
        facts.step(step);
        lock.onStep(step.timeNs, cued, step.asynchronyNs, periodNs);
        music.step(step.timeNs, lock);
        if (status.session().mode() == null) {
            tellReached(); // A walk without a programme has no end at which somebody listens.
        }
        status.asynchronyMs(cued ? step.asynchronyNs * 1e-6 : Double.NaN);
    }

    @Override
    public void onSensorGap(Foot foot, long fromNs, long toNs) {
        counters.increment(Counter.SENSOR_GAPS);
        facts.gap(foot, fromNs, toNs);
    }

    /** Passes a beat that was given to the output. */
    void played(PlayedCue cue) {
        status.cue(cue.cueId, cue.foot);
        facts.played(cue);
    }

    /** Looks at the session once a cycle. */
    void look(SessionEngine engine, long nowNs) {
        status.session().look(engine, nowNs);
        facts.keepState(engine, nowNs);
    }

    /** Adds what is known of the walk, the session and both feet to a state that was begun. */
    void describe(LiveState state) {
        state.asynchronyMs = status.asynchronyMs();
        if (lock.known()) {
            state.lock = lock.locked() ? LiveState.Lock.LOCKED : LiveState.Lock.UNLOCKED;
        }
        SessionStatus session = status.session();
        if (session.id() != null) {
            state.inSession(
                    session.id(),
                    session.blockIndex(),
                    session.block(),
                    session.targetSpm(),
                    session.mode() == SessionEngine.Mode.PAUSED);
        }
        state.playing(music.song());
        state.recorded(facts.steps(), facts.strides(), facts.cues());
        for (int i = 0; i < Foot.COUNT; i++) {
            LiveState.FootState foot = state.foot(FEET[i]);
            foot.phase = phase[i];
            foot.phaseTimeNs = phaseTimeNs[i];
            foot.lastContactNs = contactNs[i];
        }
    }
}
