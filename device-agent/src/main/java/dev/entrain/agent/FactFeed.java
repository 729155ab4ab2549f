package dev.entrain.agent;

import dev.entrain.audio.PlayedCue;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.WalkRecord;
import dev.entrain.pipeline.StepReport;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.session.SessionEngine;
import dev.entrain.session.SessionEvent;
import dev.entrain.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * Hands the facts of a walk to the journal's thread. Never waits; a full ring counts and the newest is lost. Used by the
 * control thread only; realtime-safe, but that a state for a restart is a new object at each event of a session and every
 * {@value #STATE_S} s of it.
 */
final class FactFeed {
    /** The session's clock is known after a restart to this much, s; the interrupted block is walked again. */
    static final int STATE_S = 10;

    private static final long STATE_NS = STATE_S * 1_000_000_000L;

    private final SlotRing<WalkRecord> facts;
    private final Counters counters;
    private long steps;
    private long strides;
    private long cues;
    private boolean inSession;
    private boolean news;
    private long keptNs;

    /**
     * Makes a feed.
     *
     * @param facts to the journal's thread; the control thread is the producer
     */
    FactFeed(SlotRing<WalkRecord> facts, Counters counters) {
        this.facts = facts;
        this.counters = counters;
    }

    void event(SessionEvent event) {
        // A walk without a programme tells only of rules that acted, and has no state to keep.
        inSession = event.kind != SessionEvent.Kind.ENDED;
        news = true;
        WalkRecord slot = claim();
        if (slot != null) {
            slot.setEvent(event);
            facts.publish();
        }
    }

    void step(StepReport step) {
        WalkRecord slot = claim();
        if (slot != null) {
            steps++;
            long stepTimeNs = step.stepTimeNs == 0 ? WalkRecord.NONE : step.stepTimeNs;
            slot.setStep(step.foot, step.timeNs, step.decidedNs, stepTimeNs, step.cadenceSpm, step.confidence)
                    .nearestCue(step.cueId, step.cueId != 0 ? step.asynchronyNs : WalkRecord.NONE);
            facts.publish();
        }
    }

    void gait(GaitEvent event) {
        boolean revised = event.kind == GaitEvent.Kind.CONTACT_REVISED;
        boolean freezeOn = event.kind == GaitEvent.Kind.FREEZE_ON;
        if (!revised && !freezeOn && event.kind != GaitEvent.Kind.FREEZE_OFF) {
            return;
        }
        WalkRecord slot = claim();
        if (slot != null) {
            if (revised) {
                slot.setRevised(event.foot, event.formerNs, event.timeNs, event.decidedNs);
            } else {
                slot.setFreeze(freezeOn, event.timeNs, event.decidedNs);
            }
            facts.publish();
        }
    }

    void stride(StrideEstimate stride) {
        WalkRecord slot = claim();
        if (slot != null) {
            strides++;
            slot.setStride(stride);
            facts.publish();
        }
    }

    void played(PlayedCue cue) {
        WalkRecord slot = claim();
        if (slot != null) {
            cues++;
            slot.setCue(cue.foot, cue.cueId, cue.onsetNs, cue.decidedNs, cue.frameIndex, cue.periodNs, cue.voice);
            facts.publish();
        }
    }

    void silence(long timeNs, long decidedNs) {
        WalkRecord slot = claim();
        if (slot != null) {
            slot.setSilence(timeNs, decidedNs);
            facts.publish();
        }
    }

    void gap(Foot foot, long fromNs, long toNs) {
        WalkRecord slot = claim();
        if (slot != null) {
            slot.setGap(foot, fromNs, toNs);
            facts.publish();
        }
    }

    /** Hands over what a restart would need, when something happened or a while has passed; call each cycle. */
    void keepState(SessionEngine session, long nowNs) {
        if (!inSession || !(news || nowNs - keptNs >= STATE_NS)) {
            return;
        }
        news = false;
        keptNs = nowNs;
        SessionState state = session.state();
        WalkRecord slot = state == null ? null : claim();
        if (state != null && slot != null) {
            slot.setState(state, nowNs);
            facts.publish();
        }
    }

    /** Returns how many steps were told. */
    long steps() {
        return steps;
    }

    /** Returns how many strides were told. */
    long strides() {
        return strides;
    }

    /** Returns how many beats were told. */
    long cues() {
        return cues;
    }

    private @Nullable WalkRecord claim() {
        WalkRecord slot = facts.claim();
        if (slot == null) {
            counters.increment(Counter.RECORDS_REFUSED);
        }
        return slot;
    }
}
