package dev.entrain.journal;

import dev.entrain.cue.CueCommand;
import dev.entrain.sample.Foot;
import org.jspecify.annotations.Nullable;

/**
 * One fact of a walk on its way to the journal and the clinic. A mutable slot: the control loop fills the slots of a ring
 * in place with one of the {@code set...} methods, the outbound thread copies them out. Which fields mean something
 * depends on {@link #kind}; the others keep whatever was there before. Not thread-safe; filling is realtime-safe.
 *
 * <p>All times are CLOCK_MONOTONIC of the host (or nanoseconds of the recording).
 */
public final class WalkRecord {
    /** What a record tells. */
    public enum Kind {
        /** A foot touched the ground. */
        STEP("step"),
        /** A stride of one foot ended. */
        STRIDE("stride"),
        /** A cue is certain: its onset will not move any more. */
        CUE("cue"),
        /** The state of the walk, once a second; live only, it never enters an outbox. */
        STATE("state"),
        /** A foot's sensor was silent for a while. */
        GAP("gap"),
        /** All cues were withdrawn and the sound ended. */
        SILENCE("silence"),
        /** How well the cues' moments were kept so far; made by the outbound thread. */
        TIMING("timing");

        private static final Kind[] VALUES = values();

        /** Number of kinds, for arrays indexed by {@link #ordinal()}. */
        public static final int COUNT = VALUES.length;

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** Returns the spelling of telemetry. */
        public String label() {
            return label;
        }
    }

    /** A time or duration that is not known. */
    public static final long NONE = Long.MIN_VALUE;

    /** What this record tells. */
    public Kind kind = Kind.STATE;

    /** The foot of a STEP, STRIDE, CUE or GAP. */
    public Foot foot = Foot.LEFT;

    /** When it happened, ns: initial contact, end of the stride, onset of the cue, time of the state, end of the gap. */
    public long timeNs;

    /** Time of the newest sample the decision used, ns. */
    public long decidedNs;

    /** STRIDE, GAP: when it began, ns. */
    public long startNs;

    /** STEP: time since the other foot's contact; STRIDE: stride time; CUE: beat period; STATE: stride period; ns or NONE. */
    public long durationNs;

    /** STEP: how sure the detector is, 0 to 1. */
    public double confidence;

    /** STEP, STATE: 60 over the median step time, steps a minute; NaN where not known. */
    public double cadenceSpm;

    /** STATE: rate of the cues, beats a minute; NaN while none is planned. */
    public double cueTempoSpm;

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

    /** STRIDE: greatest height of the sensor over the line between its places at rest, m; NaN where not known. */
    public double clearanceM;

    /** STRIDE: by how much the foot points elsewhere, rad, positive to the left; NaN where not known. */
    public double turnRad;

    /** STRIDE: share of the stride with both feet on the ground, 0 to 1; NaN where not known. */
    public double doubleSupportFraction;

    /** STATE: whether the walker walks. */
    public boolean walking;

    /** STATE: whether cues are being given. */
    public boolean cueing;

    /** STATE, by foot ordinal: fraction of the stride since initial contact, in [0, 1); NaN where not known. */
    public final double[] phase = new double[Foot.COUNT];

    /** STATE, by foot ordinal: when {@link #phase} was true, ns. */
    public final long[] phaseTimeNs = new long[Foot.COUNT];

    /** STATE, by foot ordinal: the last initial contact, ns, or NONE. */
    public final long[] lastContactNs = new long[Foot.COUNT];

    /** STATE, by foot ordinal: age of the newest sample, ns; NONE before the first. */
    public final long[] sensorGapNs = new long[Foot.COUNT];

    /** TIMING: the report; null in every other kind. */
    public @Nullable TimingReport timing;

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

    /** Makes this a STRIDE. Realtime-safe. */
    public WalkRecord setStride(
            Foot foot,
            long startNs,
            long endNs,
            long decidedNs,
            long strideTimeNs,
            double stanceFraction,
            double lengthM) {
        head(Kind.STRIDE, foot, endNs, decidedNs);
        this.startNs = startNs;
        durationNs = strideTimeNs;
        this.stanceFraction = stanceFraction;
        this.lengthM = lengthM;
        return strideShape(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /** Adds the shape to a STRIDE. Realtime-safe. */
    public WalkRecord strideShape(double lengthSdM, double clearanceM, double turnRad, double doubleSupportFraction) {
        this.lengthSdM = lengthSdM;
        this.clearanceM = clearanceM;
        this.turnRad = turnRad;
        this.doubleSupportFraction = doubleSupportFraction;
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

    /** Makes this a GAP of one foot's sensor. Realtime-safe. */
    public WalkRecord setGap(Foot foot, long fromNs, long toNs) {
        head(Kind.GAP, foot, toNs, toNs);
        startNs = fromNs;
        return this;
    }

    /** Makes this a SILENCE. Realtime-safe. */
    public WalkRecord setSilence(long timeNs, long decidedNs) {
        return head(Kind.SILENCE, foot, timeNs, decidedNs);
    }

    /** Makes this a TIMING. */
    public WalkRecord setTiming(TimingReport report) {
        head(Kind.TIMING, foot, report.timeNs(), report.timeNs());
        timing = report;
        return this;
    }

    /** Makes this a STATE; both feet are unknown until {@link #footState} says more. Realtime-safe. */
    public WalkRecord setState(
            long timeNs, boolean walking, boolean cueing, double cadenceSpm, double cueTempoSpm, long stridePeriodNs) {
        head(Kind.STATE, foot, timeNs, timeNs);
        this.walking = walking;
        this.cueing = cueing;
        this.cadenceSpm = cadenceSpm;
        this.cueTempoSpm = cueTempoSpm;
        durationNs = stridePeriodNs;
        for (int i = 0; i < Foot.COUNT; i++) {
            footState(Foot.of(i), Double.NaN, NONE, NONE, NONE);
        }
        return this;
    }

    /** Adds one foot to a STATE. Realtime-safe. */
    public WalkRecord footState(Foot foot, double phase, long phaseTimeNs, long lastContactNs, long sensorGapNs) {
        int i = foot.ordinal();
        this.phase[i] = phase;
        this.phaseTimeNs[i] = phaseTimeNs;
        this.lastContactNs[i] = lastContactNs;
        this.sensorGapNs[i] = sensorGapNs;
        return this;
    }

    /** Copies every field of another record into this one. Realtime-safe. */
    public void copyFrom(WalkRecord other) {
        head(other.kind, other.foot, other.timeNs, other.decidedNs);
        startNs = other.startNs;
        durationNs = other.durationNs;
        confidence = other.confidence;
        cadenceSpm = other.cadenceSpm;
        cueTempoSpm = other.cueTempoSpm;
        cueId = other.cueId;
        asynchronyNs = other.asynchronyNs;
        frame = other.frame;
        voice = other.voice;
        stanceFraction = other.stanceFraction;
        lengthM = other.lengthM;
        strideShape(other.lengthSdM, other.clearanceM, other.turnRad, other.doubleSupportFraction);
        walking = other.walking;
        cueing = other.cueing;
        timing = other.timing;
        System.arraycopy(other.phase, 0, phase, 0, Foot.COUNT);
        System.arraycopy(other.phaseTimeNs, 0, phaseTimeNs, 0, Foot.COUNT);
        System.arraycopy(other.lastContactNs, 0, lastContactNs, 0, Foot.COUNT);
        System.arraycopy(other.sensorGapNs, 0, sensorGapNs, 0, Foot.COUNT);
    }

    private WalkRecord head(Kind kind, Foot foot, long timeNs, long decidedNs) {
        this.kind = kind;
        this.foot = foot;
        this.timeNs = timeNs;
        this.decidedNs = decidedNs;
        timing = null; // A slot that is used again keeps no report alive.
        return this;
    }
}
