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
import org.jspecify.annotations.Nullable;

/** One run of a schedule: beats, each planned {@value #AHEAD_MS} ms ahead as on a walk. */
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
    private final HostStalls stalls;
    private final @Nullable LoopbackMeter loopback;
    private final NanoClock time;
    private final Blame blame;
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
     * @param stalls watches the machine meanwhile, running
     * @param loopback looks for the beats in a recording, recording already; null for none
     * @param time CLOCK_MONOTONIC
     */
    public CueTest(
            AudioLoop loop,
            Thread thread,
            SlotRing<CueCommand> commands,
            Counters counters,
            HostStalls stalls,
            @Nullable LoopbackMeter loopback,
            NanoClock time) {
        this.loop = loop;
        this.thread = thread;
        this.commands = commands;
        this.counters = counters;
        this.stalls = stalls;
        this.loopback = loopback;
        this.time = time;
        blame = new Blame(counters, stalls);
    }

    /**
     * Plays and measures; ends the audio thread.
     *
     * @param seconds how long to play, s
     * @param beats how far apart the beats are
     * @param offsetMs the output offset of the loop, to be told
     * @param napping waits about 5 ms; returns true to end early
     */
    public CueTestResult run(double seconds, BeatSchedule beats, double offsetMs, BooleanSupplier napping) {
        RunConditions.Collections before = RunConditions.Collections.now();
        thread.start();
        long openNs = time.nowNs();
        boolean early = false;
        while (!playing() && time.nowNs() - openNs < OPENING_MS * MS && !early) {
            early = napping.getAsBoolean();
        }
        long startNs = time.nowNs();
        boolean opened = playing();
        if (opened) {
            schedule(startNs, startNs + (long) (seconds * 1e9), beats, napping);
        }
        AudioStatistics statistics = loop.statistics();
        CueTestResult result = new CueTestResult(
                statistics.description(),
                opened,
                (time.nowNs() - startNs) * 1e-9,
                planned,
                played - counters.get(Counter.CUES_UNHEARD),
                counters.get(Counter.CUES_LATE),
                offFrame,
                statistics.worstErrorFrames(),
                CueTestResult.Spread.of(statistics.onsets()),
                CueTestResult.Spread.of(statistics.stalls()),
                counters.get(Counter.UNDERRUNS),
                counters.get(Counter.AUDIO_REANCHORS),
                counters.get(Counter.AUDIO_REOPENED) + counters.get(Counter.AUDIO_STALLS),
                statistics.ratePpm(),
                bytesPerCycle(),
                skipped,
                CueTestResult.Spread.of(statistics.residuals()),
                blame.machineUnderruns(),
                blame.machineLate(),
                offsetMs,
                RunConditions.of(stalls, before),
                loopback == null ? null : loopback.result());
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

    private void schedule(long startNs, long endNs, BeatSchedule beats, BooleanSupplier napping) {
        long beat = 0;
        long onsetNs = startNs + FIRST_MS * MS;
        while (time.nowNs() - endNs < TAIL_MS * MS) {
            long nowNs = time.nowNs();
            blame.look(nowNs, loop.statistics().slackNs());
            if (onsetNs - endNs < 0 && onsetNs - nowNs < AHEAD_MS * MS) {
                plan(beat, onsetNs, beats.intervalNs(beat), nowNs);
                onsetNs += beats.intervalNs(beat++);
            } else if (napping.getAsBoolean()) {
                return;
            }
            if (warmBytes < 0 && nowNs - startNs > WARM_MS * MS) {
                warmBytes = threads.getThreadAllocatedBytes(thread.threadId());
                warmFrames = loop.statistics().framesWritten();
            }
            readPlayed();
            if (loopback != null) {
                loopback.look(nowNs);
            }
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
            if (loopback != null) {
                loopback.played(cue);
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
