package dev.entrain.journal;

import dev.entrain.cue.CueCommand;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.sample.Foot;
import dev.entrain.session.SessionEvent;
import dev.entrain.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * One fact of a walk on its way to the journal. A mutable slot: the control thread fills the slots of a ring in place with
 * one of the {@code set...} methods, the journal's thread reads them. Which fields mean something depends on {@link #kind};
 * the others keep whatever was there before. Not thread-safe; filling is realtime-safe.
 *
 * <p>All times are CLOCK_MONOTONIC of the host (or nanoseconds of the recording). A fact may be corrected by a later one:
 * a contact by a REVISED, beats by a SILENCE; {@link SettledFacts} knows when it is certain.
 */
public final class WalkRecord {
    /** What a record tells. */
    public enum Kind {
        /** A foot touched the ground. */
        STEP,
        /** A contact told before was at another time: {@link #startNs}. */
        REVISED,
        /** A stride of one foot ended. */
        STRIDE,
        /** A beat was given to the output. */
        CUE,
        /** All cues were withdrawn and the sound ended; beats with a later onset do not sound. */
        SILENCE,
        /** A freezing episode began. */
        FREEZE_ON,
        /** A freezing episode ended. */
        FREEZE_OFF,
        /** Something happened to the session: {@link #event}. */
        EVENT,
        /** What a restart of the unit would need: {@link #state}. */
        STATE,
        /** A foot's sensor was silent for a while. */
        GAP
    }

    /** A time or duration that is not known. */
    public static final long NONE = Long.MIN_VALUE;

    /** What this record tells. */
    public Kind kind = Kind.STEP;

    /** The foot of a STEP, REVISED, STRIDE, CUE or GAP. */
    public Foot foot = Foot.LEFT;

    /** When it happened, ns: contact, end of the stride, onset of the cue, start or end of the freeze, end of the gap. */
    public long timeNs;

    /** Time of the newest sample the decision used, ns. */
    public long decidedNs;

    /** STRIDE, GAP: when it began, ns; REVISED: the time told before, ns. */
    public long startNs;

    /** STEP: time since the other foot's contact; STRIDE: stride time; CUE: beat period; ns or NONE. */
    public long durationNs;

    /** STEP: how sure the detector is, 0 to 1. */
    public double confidence;

    /** STEP: 60 over the median step time, steps a minute; NaN where not known. */
    public double cadenceSpm;

    /** CUE: its number; STEP: number of the cue nearest to the contact, 0 for none. Cues count from 1. */
    public long cueId;

    /** STEP: contact minus onset of the nearest cue, ns, negative when the step comes first; NONE without a cue. */
    public long asynchronyNs;

    /** CUE: the audio frame the sound starts on. */
    public long frame;

    /** CUE: the sound. */
    public CueCommand.Voice voice = CueCommand.Voice.BEAT;

    /** STRIDE: share of the stride that the foot stood, 0 to 1; NaN where not known. */
    public double stanceFraction;

    /** STRIDE: distance on the ground, m; NaN where not known. */
    public double lengthM;

    /** STRIDE: standard deviation of {@link #lengthM}, m; NaN where not known. */
    public double lengthSdM;

    /** STRIDE: m/s; NaN where not known. */
    public double speedMps;

    /** STRIDE: greatest height of the sensor over the line between its places at rest, m; NaN where not known. */
    public double clearanceM;

    /** STRIDE: by how much the foot points elsewhere, rad, positive to the left; NaN where not known. */
    public double turnRad;

    /** STRIDE: share of the stride with both feet on the ground, 0 to 1; NaN where not known. */
    public double doubleSupportFraction;

    /** EVENT: what happened. */
    public final SessionEvent event = new SessionEvent();

    /** STATE: what a restart would need; null in every other kind. */
    public @Nullable SessionState state;

    /** Makes this a STEP. Realtime-safe. */
    public WalkRecord setStep(
            Foot foot, long timeNs, long decidedNs, long stepTimeNs, double cadenceSpm, double confidence) {
        head(Kind.STEP, foot, timeNs, decidedNs);
        durationNs = stepTimeNs;
        this.cadenceSpm = cadenceSpm;
        this.confidence = confidence;
        return nearestCue(0, NONE);
    }

    /** Adds the nearest cue to a STEP. Realtime-safe. */
    public WalkRecord nearestCue(long cueId, long asynchronyNs) {
        this.cueId = cueId;
        this.asynchronyNs = asynchronyNs;
        return this;
    }

    /** Makes this a REVISED. Realtime-safe. */
    public WalkRecord setRevised(Foot foot, long formerNs, long timeNs, long decidedNs) {
        head(Kind.REVISED, foot, timeNs, decidedNs);
        startNs = formerNs;
        return this;
    }

    /** Makes this a STRIDE. Realtime-safe. */
    public WalkRecord setStride(StrideEstimate stride) {
        head(Kind.STRIDE, stride.foot, stride.endNs, stride.decidedNs);
        startNs = stride.startNs;
        durationNs = Double.isNaN(stride.strideTimeS) ? NONE : Math.round(stride.strideTimeS * 1e9);
        stanceFraction = stride.stanceFraction;
        doubleSupportFraction = stride.doubleSupportFraction;
        lengthM = stride.lengthM;
        lengthSdM = stride.lengthSdM;
        speedMps = stride.speedMps;
        clearanceM = stride.clearanceM;
        turnRad = stride.turnRad;
        return this;
    }

    /** Makes this a CUE. Realtime-safe. */
    public WalkRecord setCue(
            Foot foot, long cueId, long onsetNs, long decidedNs, long frame, long periodNs, CueCommand.Voice voice) {
        head(Kind.CUE, foot, onsetNs, decidedNs);
        this.cueId = cueId;
        this.frame = frame;
        durationNs = periodNs;
        this.voice = voice;
        return this;
    }

    /** Makes this a SILENCE. Realtime-safe. */
    public WalkRecord setSilence(long timeNs, long decidedNs) {
        return head(Kind.SILENCE, foot, timeNs, decidedNs);
    }

    /** Makes this a FREEZE_ON or FREEZE_OFF. Realtime-safe. */
    public WalkRecord setFreeze(boolean on, long timeNs, long decidedNs) {
        return head(on ? Kind.FREEZE_ON : Kind.FREEZE_OFF, foot, timeNs, decidedNs);
    }

    /** Makes this an EVENT. Realtime-safe. */
    public WalkRecord setEvent(SessionEvent told) {
        head(Kind.EVENT, foot, told.timeNs, told.timeNs);
        event.kind = told.kind;
        event.timeNs = told.timeNs;
        event.blockIndex = told.blockIndex;
        event.block = told.block;
        event.targetSpm = told.targetSpm;
        event.levelPct = told.levelPct;
        event.baselineSpm = told.baselineSpm;
        event.rule = told.rule;
        event.end = told.end;
        return this;
    }

    /** Makes this a STATE. Realtime-safe. */
    public WalkRecord setState(SessionState kept, long timeNs) {
        head(Kind.STATE, foot, timeNs, timeNs);
        state = kept;
        return this;
    }

    /** Makes this a GAP of one foot's sensor. Realtime-safe. */
    public WalkRecord setGap(Foot foot, long fromNs, long toNs) {
        head(Kind.GAP, foot, toNs, toNs);
        startNs = fromNs;
        return this;
    }

    private WalkRecord head(Kind what, Foot whose, long atNs, long knownNs) {
        kind = what;
        foot = whose;
        timeNs = atNs;
        decidedNs = knownNs;
        state = null; // A slot that is used again keeps nothing alive.
        return this;
    }
}
