package dev.entrain.agent;

import dev.entrain.audio.PlayedCue;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.SessionRecord;
import dev.entrain.pipeline.StepReport;
import dev.entrain.ring.SlotRing;
import dev.entrain.session.SessionEngine;
import dev.entrain.session.SessionEvent;
import dev.entrain.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * Hands the facts of a session to the thread that keeps them, from its first event to its last. Never waits; a full ring
 * counts and the newest is lost. Used by the control thread only; realtime-safe, but that a state for a restart is a new
 * object at each event and every {@value #STATE_S} s.
 */
final class SessionFeed {
    /** The session's clock is known after a restart to this much, s; the interrupted block is walked again. */
    static final int STATE_S = 10;

    private static final long STATE_NS = STATE_S * 1_000_000_000L;

    private final SlotRing<SessionRecord> records;
    private final Counters counters;
    private boolean open;
    private boolean news;
    private long keptNs;

    /**
     * Makes a feed.
     *
     * @param records to the session's thread; the control thread is the producer
     */
    SessionFeed(SlotRing<SessionRecord> records, Counters counters) {
        this.records = records;
        this.counters = counters;
    }

    void event(SessionEvent event) {
        // What is told after the end belongs to no session.
        open = event.kind != SessionEvent.Kind.ENDED;
        news = true;
        SessionRecord slot = claim();
        if (slot != null) {
            slot.setEvent(event);
            records.publish();
        }
    }

    void step(StepReport step) {
        SessionRecord slot = open ? claim() : null;
        if (slot != null) {
            slot.setStep(step.foot, step.timeNs, step.decidedNs, step.confidence);
            records.publish();
        }
    }

    void gait(GaitEvent event) {
        boolean revised = event.kind == GaitEvent.Kind.CONTACT_REVISED;
        boolean freezeOn = event.kind == GaitEvent.Kind.FREEZE_ON;
        if (!open || !(revised || freezeOn || event.kind == GaitEvent.Kind.FREEZE_OFF)) {
            return;
        }
        SessionRecord slot = claim();
        if (slot != null) {
            if (revised) {
                slot.setRevised(event.foot, event.formerNs, event.timeNs, event.decidedNs);
            } else {
                slot.setFreeze(freezeOn, event.timeNs, event.decidedNs);
            }
            records.publish();
        }
    }

    void stride(StrideEstimate stride) {
        SessionRecord slot = open ? claim() : null;
        if (slot != null) {
            slot.setStride(stride);
            records.publish();
        }
    }

    void played(PlayedCue cue) {
        SessionRecord slot = open ? claim() : null;
        if (slot != null) {
            slot.setCue(cue.foot, cue.cueId, cue.onsetNs, cue.decidedNs, cue.periodNs);
            records.publish();
        }
    }

    void silence(long timeNs, long decidedNs) {
        SessionRecord slot = open ? claim() : null;
        if (slot != null) {
            slot.setSilence(timeNs, decidedNs);
            records.publish();
        }
    }

    /** Hands over what a restart would need, when something happened or a while has passed; call each cycle. */
    void keepState(SessionEngine session, long nowNs) {
        if (!open || !(news || nowNs - keptNs >= STATE_NS)) {
            return;
        }
        news = false;
        keptNs = nowNs;
        SessionState state = session.state();
        SessionRecord slot = state == null ? null : claim();
        if (state != null && slot != null) {
            slot.setState(state, nowNs);
            records.publish();
        }
    }

    private @Nullable SessionRecord claim() {
        SessionRecord slot = records.claim();
        if (slot == null) {
            counters.increment(Counter.SESSION_REFUSED);
        }
        return slot;
    }
}
