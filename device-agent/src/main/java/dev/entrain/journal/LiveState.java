package dev.entrain.journal;

import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The state of the walk, once a second; live only, it is never kept. A mutable slot: the control thread fills the slots of a
 * ring in place, the outbound thread reads them. Not thread-safe; filling is realtime-safe. Times are CLOCK_MONOTONIC ns.
 */
public final class LiveState {
    /** A time or duration that is not known. */
    public static final long NONE = Long.MIN_VALUE;

    /** A percentage that is not known. */
    public static final int UNKNOWN_PERCENT = -1;

    /** Whether the walker keeps to the beat. */
    public enum Lock {
        /** Nobody can tell: too few steps with beats. */
        UNKNOWN,
        /** He does. */
        LOCKED,
        /** He does not. */
        UNLOCKED
    }

    /** One foot. */
    public static final class FootState {
        /** Fraction of the stride since initial contact, in [0, 1); NaN where not known. */
        public double phase = Double.NaN;

        /** When {@link #phase} was true, ns; or NONE. */
        public long phaseTimeNs = NONE;

        /** The last initial contact, ns; or NONE. */
        public long lastContactNs = NONE;

        /** Age of the newest sample, ns; NONE before the first. */
        public long sensorGapNs = NONE;

        /** Charge of the insole, %; or {@link #UNKNOWN_PERCENT}. */
        public int batteryPercent = UNKNOWN_PERCENT;

        /** Readings lost in the last seconds, %; NaN where none came. */
        public double lossPct = Double.NaN;

        /** Makes it unknown. Realtime-safe. */
        public void clear() {
            phase = Double.NaN;
            phaseTimeNs = NONE;
            lastContactNs = NONE;
            sensorGapNs = NONE;
            batteryPercent = UNKNOWN_PERCENT;
            lossPct = Double.NaN;
        }

        private void copyFrom(FootState other) {
            phase = other.phase;
            phaseTimeNs = other.phaseTimeNs;
            lastContactNs = other.lastContactNs;
            sensorGapNs = other.sensorGapNs;
            batteryPercent = other.batteryPercent;
            lossPct = other.lossPct;
        }
    }

    /** When this was so, ns. */
    public long timeNs;

    /** Whether the walker walks. */
    public boolean walking;

    /** Whether cues are being given. */
    public boolean cueing;

    /** 60 over the median step time, steps a minute; NaN where not known. */
    public double cadenceSpm = Double.NaN;

    /** Rate of the cues, beats a minute; NaN while none is planned. */
    public double cueTempoSpm = Double.NaN;

    /** Stride period, ns; or NONE. */
    public long stridePeriodNs = NONE;

    /** Last step minus its beat, ms, negative = step first; NaN without a beat. */
    public double asynchronyMs = Double.NaN;

    /** Whether the walker keeps to the beat. */
    public Lock lock = Lock.UNKNOWN;

    /** The session that goes on; null in none. */
    public @Nullable String session;

    /** Place of its block in the programme, from 0; -1 where there is none. */
    public int blockIndex = -1;

    /** The block's kind; null where there is none. */
    public Block.@Nullable Kind block;

    /** Target tempo, beats a minute; NaN where there is none. */
    public double targetSpm = Double.NaN;

    /** Hash of the song that sounds; null for none. */
    public @Nullable String song;

    /** Charge of the unit's own battery, %; or {@link #UNKNOWN_PERCENT}. */
    public int unitPercent = UNKNOWN_PERCENT;

    /** Voltage of the unit's own battery, V; NaN where not known. */
    public double unitVolts = Double.NaN;

    /** Whether the unit's own battery is being charged. */
    public boolean unitCharging;

    /** Whether the session waits for the button. */
    public boolean paused;

    /** Steps told since the agent started. */
    public long steps;

    /** Strides told since the agent started. */
    public long strides;

    /** Cues played since the agent started. */
    public long cues;

    private final FootState[] feet = {new FootState(), new FootState()};

    /** Returns one foot, to be filled or read. Realtime-safe. */
    public FootState foot(Foot foot) {
        return feet[foot.ordinal()];
    }

    /** Returns telemetry's spelling of the block's kind; null where there is none. */
    public @Nullable String blockWord() {
        Block.Kind kind = block;
        return kind == null ? null : kind.name().toLowerCase(Locale.ROOT);
    }

    /** Begins a state about which nothing is known yet but its time. Realtime-safe. */
    public LiveState begin(long nowNs) {
        timeNs = nowNs;
        walking = false;
        cueing = false;
        rhythm(Double.NaN, Double.NaN, NONE, Double.NaN);
        lock = Lock.UNKNOWN;
        noSession();
        playing(null);
        unitBattery(UNKNOWN_PERCENT, Double.NaN, false);
        recorded(0, 0, 0);
        feet[0].clear();
        feet[1].clear();
        return this;
    }

    /** Says what the walker does. Realtime-safe. */
    public LiveState walk(boolean nowWalking, boolean nowCueing) {
        walking = nowWalking;
        cueing = nowCueing;
        return this;
    }

    /** Says how he walks. Realtime-safe. */
    public LiveState rhythm(double cadence, double cueTempo, long stridePeriod, double asynchrony) {
        cadenceSpm = cadence;
        cueTempoSpm = cueTempo;
        stridePeriodNs = stridePeriod;
        asynchronyMs = asynchrony;
        return this;
    }

    /** Says that there is no session. Realtime-safe. */
    public LiveState noSession() {
        return inSession(null, -1, null, Double.NaN, false);
    }

    /** Says where the session is. Realtime-safe. */
    public LiveState inSession(
            @Nullable String id, int index, Block.@Nullable Kind kind, double target, boolean waiting) {
        session = id;
        blockIndex = index;
        block = kind;
        targetSpm = target;
        paused = waiting;
        return this;
    }

    /** Says which song sounds, by its hash; null for none. What it is called is not told here. Realtime-safe. */
    public LiveState playing(@Nullable String hash) {
        song = hash;
        return this;
    }

    /** Says what is known of the unit's own battery. Realtime-safe. */
    public LiveState unitBattery(int percent, double volts, boolean charging) {
        unitPercent = percent;
        unitVolts = volts;
        unitCharging = charging;
        return this;
    }

    /** Says what was told since the agent started. Realtime-safe. */
    public LiveState recorded(long stepCount, long strideCount, long cueCount) {
        steps = stepCount;
        strides = strideCount;
        cues = cueCount;
        return this;
    }

    /** Copies every field of another state into this one. Realtime-safe. */
    public void copyFrom(LiveState other) {
        timeNs = other.timeNs;
        walk(other.walking, other.cueing);
        rhythm(other.cadenceSpm, other.cueTempoSpm, other.stridePeriodNs, other.asynchronyMs);
        lock = other.lock;
        inSession(other.session, other.blockIndex, other.block, other.targetSpm, other.paused);
        playing(other.song);
        unitBattery(other.unitPercent, other.unitVolts, other.unitCharging);
        recorded(other.steps, other.strides, other.cues);
        feet[0].copyFrom(other.feet[0]);
        feet[1].copyFrom(other.feet[1]);
    }
}
