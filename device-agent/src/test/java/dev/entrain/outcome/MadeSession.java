package dev.entrain.outcome;

import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import dev.entrain.session.SessionEvent;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A session written by hand, from a seed: blocks one after the other, a walker who takes back a share of each asynchrony
 * (Vorberg and Wing 1996), a limp, missed contacts, freezes and standing about. Told to a {@link SessionRecorder} as an
 * agent would.
 */
final class MadeSession {
    static final long ORIGIN_NS = 7_000_000_123L;
    private static final Instant STARTED = Instant.parse("2026-03-02T09:00:00Z");

    final SessionRecorder recorder;
    double stepS = 0.55;
    double gain = 0.4;
    double timekeeperS = 0.015;
    double motorS = 0.006;
    double limpS;
    double missed;
    double meanAsynchronyS = -0.04;
    private final Random random;
    private final SessionEvent event = new SessionEvent();
    private final long[] lastNs = new long[Foot.COUNT];
    private double nowS;
    private int block = -1;
    private long cueId;

    MadeSession(long seed) {
        this(seed, "made-" + seed, STARTED, true);
    }

    MadeSession(long seed, String id, Instant startedUtc, boolean simulated) {
        random = new Random(seed);
        recorder = new SessionRecorder(id, "test", "stroke", startedUtc, simulated, ORIGIN_NS);
        tell(SessionEvent.Kind.STARTED, null, Double.NaN, Double.NaN);
    }

    SessionData data() {
        return recorder.data();
    }

    MadeSession baseline(double spm) {
        event.baselineSpm = spm;
        tell(SessionEvent.Kind.LEVEL, null, spm, 0);
        return this;
    }

    MadeSession level(double pct) {
        tell(SessionEvent.Kind.LEVEL, null, Double.NaN, pct);
        return this;
    }

    /** Walks without beats, at his own tempo. */
    MadeSession free(Block.Kind kind, int count) {
        begin(kind);
        double line = nowS + 0.3;
        for (int i = 0; i < count; i++) {
            line += stepS * (1 + 0.02 * random.nextGaussian());
            contact(line + motorS * random.nextGaussian(), i);
        }
        return end(kind, line + 0.2);
    }

    /** Walks with beats that he follows. */
    MadeSession cued(Block.Kind kind, int count, double periodS) {
        begin(kind);
        walkCued(count, periodS);
        return end(kind, nowS);
    }

    void begin(Block.Kind kind) {
        block++;
        tell(SessionEvent.Kind.BLOCK_STARTED, kind, Double.NaN, Double.NaN);
    }

    MadeSession end(Block.Kind kind, double atS) {
        nowS = atS;
        tell(SessionEvent.Kind.BLOCK_ENDED, kind, Double.NaN, Double.NaN);
        return this;
    }

    void walkCued(int count, double periodS) {
        double beat = nowS + 0.3;
        double core = 0;
        for (int i = 0; i < count; i++) {
            beat += periodS;
            recorder.cue(++cueId, ns(beat), Math.round(periodS * 1e9), Foot.of(i % 2));
            contact(beat + meanAsynchronyS + core + motorS * random.nextGaussian(), i);
            core = (1 - gain) * core + timekeeperS * random.nextGaussian();
        }
        nowS = beat + 0.2;
    }

    /** Stands for a while, frozen or not. */
    void stand(double seconds, boolean frozen) {
        if (frozen) {
            recorder.freezeOn(ns(nowS + 0.2), ns(nowS + 0.9));
            recorder.freezeOff(ns(nowS + seconds - 0.1));
        }
        nowS += seconds;
    }

    private void contact(double atS, int number) {
        Foot foot = Foot.of(number % 2);
        long timeNs = ns(atS + (foot == Foot.LEFT ? limpS : -limpS));
        if (random.nextDouble() < missed) {
            return;
        }
        recorder.step(timeNs + 3_000_000, foot, 0.9);
        recorder.revised(foot, timeNs + 3_000_000, timeNs);
        double strideS = (timeNs - lastNs[foot.ordinal()]) * 1e-9;
        if (lastNs[foot.ordinal()] != 0 && strideS < 2) {
            boolean known = random.nextInt(10) > 0;
            recorder.stride(
                    foot,
                    timeNs - Math.round(0.8e9 * strideS),
                    timeNs + Math.round(0.2e9 * strideS),
                    strideS,
                    0.62 + 0.02 * random.nextGaussian() + (foot == Foot.LEFT ? limpS / 5 : 0),
                    known ? 0.24 + 0.01 * random.nextGaussian() : Double.NaN,
                    known ? 1.1 + 0.05 * random.nextGaussian() : Double.NaN,
                    known ? (1.1 + 0.05 * random.nextGaussian()) / strideS : Double.NaN);
        }
        lastNs[foot.ordinal()] = timeNs;
    }

    private void tell(SessionEvent.Kind kind, Block.@Nullable Kind what, double targetSpm, double levelPct) {
        event.kind = kind;
        event.timeNs = ns(nowS);
        event.blockIndex = block;
        event.block = what;
        event.targetSpm = targetSpm;
        event.levelPct = levelPct;
        recorder.session(event);
    }

    private static long ns(double seconds) {
        return ORIGIN_NS + Math.round(seconds * 1e9);
    }
}
