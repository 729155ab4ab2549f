package dev.entrain.cuetest;

import com.sun.management.ThreadMXBean;
import dev.entrain.audio.AudioLoop;
import dev.entrain.audio.AudioStatistics;
import dev.entrain.audio.AudioStatistics.State;
import dev.entrain.audio.PlayedCue;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.time.NanoClock;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One run of a schedule: beats of a fixed period, each planned {@value #AHEAD_MS} ms ahead as on a walk. */
public final class CueTest {
    private static final long MS = 1_000_000L;
    private static final long AHEAD_MS = 200;
    private static final long FIRST_MS = 1_000;
    private static final long OPENING_MS = 5_000;
    private static final long HORIZON_MS = 100;

    /** A cue is judged 2 s after it sounded. */
    private static final long TAIL_MS = 2_300;

    /** Cycles before this are warm-up, ms: the first ones still compile and load classes. */
    private static final long WARM_MS = 5_000;

    private final AudioLoop loop;
    private final Thread thread;
    private final SlotRing<CueCommand> commands;
    private final Counters counters;
    private final NanoClock time;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<Long> plannedNs = new ArrayList<>();
    private long planned;
    private long skipped;
    private long played;
    private long offFrame;
    private long warmBytes = -1;
    private long warmFrames;

    /**
     * Prepares a run.
     *
     * @param loop the audio thread's body
     * @param thread the thread that runs it, started by {@link #run}
     * @param commands the ring the loop reads
     * @param counters what the loop counts in
     * @param time CLOCK_MONOTONIC
     */
    public CueTest(AudioLoop loop, Thread thread, SlotRing<CueCommand> commands, Counters counters, NanoClock time) {
        this.loop = loop;
        this.thread = thread;
        this.commands = commands;
        this.counters = counters;
        this.time = time;
    }

    /**
     * Plays and measures; ends the audio thread.
     *
     * @param seconds how long to play, s
     * @param periodNs from beat to beat, ns
     * @param napping waits about 5 ms; returns true to end early
     */
    public CueTestResult run(double seconds, long periodNs, BooleanSupplier napping) {
        thread.start();
        long openNs = time.nowNs();
        boolean early = false;
        while (!playing() && time.nowNs() - openNs < OPENING_MS * MS && !early) {
            early = napping.getAsBoolean();
        }
        long startNs = time.nowNs();
        boolean opened = playing();
        if (opened) {
            schedule(startNs, startNs + (long) (seconds * 1e9), periodNs, napping);
        }
        AudioStatistics statistics = loop.statistics();
        CueTestResult result = new CueTestResult(
                statistics.description(),
                opened,
                (time.nowNs() - startNs) * 1e-9,
                planned,
                played,
                counters.get(Counter.CUES_LATE),
                offFrame,
                statistics.worstErrorFrames(),
                CueTestResult.Spread.of(statistics.onsets()),
                CueTestResult.Spread.of(statistics.stalls()),
                counters.get(Counter.UNDERRUNS),
                counters.get(Counter.AUDIO_REANCHORS),
                counters.get(Counter.AUDIO_REOPENED),
                statistics.ratePpm(),
                bytesPerCycle(),
                skipped);
        loop.stop();
        return result;
    }

    /** Returns the moments that were planned, ns of CLOCK_MONOTONIC, ascending; call after {@link #run}. */
    public long[] plannedNs() {
        return plannedNs.stream().mapToLong(Long::longValue).toArray();
    }

    private boolean playing() {
        return loop.statistics().state() == State.PLAYING && loop.statistics().framesWritten() > 0;
    }

    private void schedule(long startNs, long endNs, long periodNs, BooleanSupplier napping) {
        long beat = 0;
        while (time.nowNs() - endNs < TAIL_MS * MS) {
            long onsetNs = startNs + FIRST_MS * MS + beat * periodNs;
            long nowNs = time.nowNs();
            if (onsetNs - endNs < 0 && onsetNs - nowNs < AHEAD_MS * MS) {
                plan(beat++, onsetNs, periodNs, nowNs);
            } else if (napping.getAsBoolean()) {
                return;
            }
            if (warmBytes < 0 && nowNs - startNs > WARM_MS * MS) {
                warmBytes = threads.getThreadAllocatedBytes(thread.threadId());
                warmFrames = loop.statistics().framesWritten();
            }
            readPlayed();
        }
    }

    private void plan(long beat, long onsetNs, long periodNs, long nowNs) {
        // Held up itself for longer than the horizon, this thread would blame the sound for a plan that came too late.
        CueCommand slot = onsetNs - nowNs < HORIZON_MS * MS ? null : commands.claim();
        if (slot == null) {
            skipped++;
            return;
        }
        slot.kind = CueCommand.Kind.SCHEDULE;
        slot.cueId = beat + 1;
        slot.onsetNs = onsetNs;
        slot.periodNs = periodNs;
        slot.decidedNs = nowNs;
        slot.foot = beat % 2 == 0 ? Foot.LEFT : Foot.RIGHT;
        slot.voice = Voice.BEAT;
        slot.gain = 1;
        commands.publish();
        planned++;
        plannedNs.add(onsetNs);
    }

    private void readPlayed() {
        for (PlayedCue cue = loop.played().peek();
                cue != null;
                cue = loop.played().peek()) {
            played++;
            if (cue.errorFrames != 0) {
                offFrame++;
            }
            loop.played().release();
        }
    }

    private double bytesPerCycle() {
        long cycles = (loop.statistics().framesWritten() - warmFrames) / 256;
        if (warmBytes < 0 || cycles <= 0) {
            return Double.NaN;
        }
        return (double) (threads.getThreadAllocatedBytes(thread.threadId()) - warmBytes) / cycles;
    }
}
