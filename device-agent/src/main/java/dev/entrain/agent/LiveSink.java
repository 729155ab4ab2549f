package dev.entrain.agent;

import dev.entrain.audio.PlayedCue;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.Prompt;
import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootAlignment;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.WalkRecord;
import dev.entrain.pipeline.CoreSink;
import dev.entrain.pipeline.StepReport;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.session.SessionEngine;
import dev.entrain.session.SessionEvent;
import org.jspecify.annotations.Nullable;

/**
 * Hands what the core says to the other threads: cues to the audio ring, facts of the walk to the outbound ring. Never
 * waits; a full ring counts and the newest is lost. Used by the control thread only; realtime-safe.
 */
final class LiveSink implements CoreSink {
    private final SlotRing<CueCommand> cues;
    private final SlotRing<WalkRecord> records;
    private final Counters counters;
    private final LiveStatus status;
    private final @Nullable SessionFeed session;
    private final double[] phase = {Double.NaN, Double.NaN};
    private final long[] phaseTimeNs = {WalkRecord.NONE, WalkRecord.NONE};
    private final long[] contactNs = {WalkRecord.NONE, WalkRecord.NONE};

    /**
     * Makes a sink.
     *
     * @param session keeps the session; null in a walk without a programme
     */
    LiveSink(
            SlotRing<CueCommand> cues,
            SlotRing<WalkRecord> records,
            Counters counters,
            LiveStatus status,
            @Nullable SessionFeed session) {
        this.cues = cues;
        this.records = records;
        this.counters = counters;
        this.status = status;
        this.session = session;
    }

    @Override
    public void onGaitEvent(GaitEvent event) {
        if (event.kind == GaitEvent.Kind.INITIAL_CONTACT) {
            contactNs[event.foot.ordinal()] = event.timeNs;
        }
        if (session != null) {
            session.gait(event);
        }
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
        if (session != null) {
            session.event(event);
        }
    }

    @Override
    public void onStride(StrideEstimate stride) {
        if (session != null) {
            session.stride(stride);
        }
        WalkRecord record = claim();
        if (record != null) {
            long strideNs = Double.isNaN(stride.strideTimeS) ? WalkRecord.NONE : Math.round(stride.strideTimeS * 1e9);
            record.setStride(
                            stride.foot,
                            stride.startNs,
                            stride.endNs,
                            stride.decidedNs,
                            strideNs,
                            stride.stanceFraction,
                            stride.lengthM)
                    .strideShape(stride.lengthSdM, stride.clearanceM, stride.turnRad, stride.doubleSupportFraction);
            records.publish();
        }
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
        } else if (command.kind == CueCommand.Kind.COMMIT) {
            counters.increment(Counter.CUES);
        } else if (command.kind == CueCommand.Kind.SILENCE) {
            status.asynchronyMs(Double.NaN);
            if (session != null) {
                session.silence(command.onsetNs, command.decidedNs);
            }
            WalkRecord record = claim();
            if (record != null) {
                record.setSilence(command.onsetNs, command.decidedNs);
                records.publish();
            }
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

    @Override
    public void onStep(StepReport step) {
        counters.increment(Counter.STEPS);
        boolean cued = step.cueId != 0;
        if (session != null) {
            session.step(step);
        }
        status.asynchronyMs(cued ? step.asynchronyNs * 1e-6 : Double.NaN);
        WalkRecord record = claim();
        if (record != null) {
            long stepTimeNs = step.stepTimeNs == 0 ? WalkRecord.NONE : step.stepTimeNs;
            record.setStep(step.foot, step.timeNs, step.decidedNs, stepTimeNs, step.cadenceSpm, step.confidence)
                    .nearestCue(step.cueId, cued ? step.asynchronyNs : WalkRecord.NONE);
            records.publish();
        }
    }

    @Override
    public void onSensorGap(Foot foot, long fromNs, long toNs) {
        counters.increment(Counter.SENSOR_GAPS);
        WalkRecord record = claim();
        if (record != null) {
            record.setGap(foot, fromNs, toNs);
            records.publish();
        }
    }

    /** Passes a beat that was given to the output. */
    void played(PlayedCue cue) {
        if (session != null) {
            session.played(cue);
        }
    }

    /** Looks at the session once a cycle. */
    void look(SessionEngine engine, long nowNs) {
        status.session().look(engine, nowNs);
        if (session != null) {
            session.keepState(engine, nowNs);
        }
    }

    /** Returns a slot for the outbound thread, to be published by the caller; null (counted) when it is behind. */
    @Nullable
    WalkRecord claim() {
        WalkRecord slot = records.claim();
        if (slot == null) {
            counters.increment(Counter.RECORDS_REFUSED);
        }
        return slot;
    }

    /** Adds what is known of both feet to a state record. */
    void describeFeet(WalkRecord state, long[] lastSampleNs, long nowNs) {
        for (int i = 0; i < Foot.COUNT; i++) {
            long gapNs = lastSampleNs[i] == WalkRecord.NONE ? WalkRecord.NONE : nowNs - lastSampleNs[i];
            state.footState(Foot.of(i), phase[i], phaseTimeNs[i], contactNs[i], gapNs);
        }
    }
}
