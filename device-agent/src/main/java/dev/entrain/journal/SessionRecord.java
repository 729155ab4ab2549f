package dev.entrain.journal;

import dev.entrain.gait.StrideEstimate;
import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import dev.entrain.session.SafetyRule;
import dev.entrain.session.SessionEvent;
import dev.entrain.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * One fact of a session on its way to its folder. A mutable slot: the control loop fills the slots of a ring in place, the
 * session's thread reads them. Which fields mean something depends on {@link #kind}. Times are CLOCK_MONOTONIC ns. Not
 * thread-safe; filling is realtime-safe.
 */
public final class SessionRecord {
    /** What a record tells. */
    public enum Kind {
        /** A foot touched the ground. */
        STEP,
        /** A contact told before was at another time: {@link #formerNs}. */
        REVISED,
        /** A beat was given to the output. */
        CUE,
        /** All sound ended; beats with a later onset do not sound. */
        SILENCE,
        /** A stride of one foot ended. */
        STRIDE,
        /** A freezing episode began. */
        FREEZE_ON,
        /** A freezing episode ended. */
        FREEZE_OFF,
        /** Something happened to the session: {@link #event}. */
        EVENT,
        /** What a restart of the unit would need: {@link #state}. */
        STATE
    }

    /** What this record tells. */
    public Kind kind = Kind.STEP;

    /** STEP, REVISED, CUE, STRIDE: the foot. */
    public Foot foot = Foot.LEFT;

    /** When it happened: contact, onset, end of the stride, start or end of the freeze, time of the event; ns. */
    public long timeNs;

    /** When it was decided, ns. */
    public long decidedNs;

    /** REVISED: the time told before; STRIDE: its start; ns. */
    public long formerNs;

    /** CUE: interval of the tempo's grid, ns. */
    public long periodNs;

    /** CUE: its number. */
    public long cueId;

    /** STEP: how sure the detector is, 0 to 1. */
    public double confidence;

    /** STRIDE: contact to contact, s; NaN where not known. */
    public double durationS;

    /** STRIDE: 0 to 1; NaN where not known. */
    public double stanceFraction;

    /** STRIDE: 0 to 1; NaN where not known. */
    public double doubleSupportFraction;

    /** STRIDE: m; NaN where not known. */
    public double lengthM;

    /** STRIDE: m/s; NaN where not known. */
    public double speedMps;

    /** EVENT: what happened. */
    public final SessionEvent event = new SessionEvent();

    /** STATE: what a restart would need; null in every other kind. */
    public @Nullable SessionState state;

    /** Makes this a STEP. Realtime-safe. */
    public void setStep(Foot foot, long timeNs, long decidedNs, double confidence) {
        head(Kind.STEP, foot, timeNs, decidedNs);
        this.confidence = confidence;
    }

    /** Makes this a REVISED. Realtime-safe. */
    public void setRevised(Foot foot, long formerNs, long timeNs, long decidedNs) {
        head(Kind.REVISED, foot, timeNs, decidedNs);
        this.formerNs = formerNs;
    }

    /** Makes this a CUE. Realtime-safe. */
    public void setCue(Foot foot, long cueId, long onsetNs, long decidedNs, long periodNs) {
        head(Kind.CUE, foot, onsetNs, decidedNs);
        this.cueId = cueId;
        this.periodNs = periodNs;
    }

    /** Makes this a SILENCE. Realtime-safe. */
    public void setSilence(long timeNs, long decidedNs) {
        head(Kind.SILENCE, foot, timeNs, decidedNs);
    }

    /** Makes this a STRIDE. Realtime-safe. */
    public void setStride(StrideEstimate stride) {
        head(Kind.STRIDE, stride.foot, stride.endNs, stride.decidedNs);
        formerNs = stride.startNs;
        durationS = stride.strideTimeS;
        stanceFraction = stride.stanceFraction;
        doubleSupportFraction = stride.doubleSupportFraction;
        lengthM = stride.lengthM;
        speedMps = stride.speedMps;
    }

    /** Makes this a FREEZE_ON or FREEZE_OFF. Realtime-safe. */
    public void setFreeze(boolean on, long timeNs, long decidedNs) {
        head(on ? Kind.FREEZE_ON : Kind.FREEZE_OFF, foot, timeNs, decidedNs);
    }

    /** Makes this an EVENT. Realtime-safe. */
    public void setEvent(SessionEvent told) {
        head(Kind.EVENT, foot, told.timeNs, told.timeNs);
        copyEvent(told.kind, told.block, told.rule, told.end);
        event.timeNs = told.timeNs;
        event.blockIndex = told.blockIndex;
        event.targetSpm = told.targetSpm;
        event.levelPct = told.levelPct;
        event.baselineSpm = told.baselineSpm;
    }

    /** Makes this a STATE. Realtime-safe. */
    public void setState(SessionState kept, long timeNs) {
        head(Kind.STATE, foot, timeNs, timeNs);
        state = kept;
    }

    private void copyEvent(
            SessionEvent.Kind what,
            Block.@Nullable Kind block,
            @Nullable SafetyRule rule,
            SessionEvent.@Nullable End end) {
        event.kind = what;
        event.block = block;
        event.rule = rule;
        event.end = end;
    }

    private void head(Kind what, Foot whose, long atNs, long knownNs) {
        kind = what;
        foot = whose;
        timeNs = atNs;
        decidedNs = knownNs;
        state = null; // A slot that is used again keeps nothing alive.
    }
}
