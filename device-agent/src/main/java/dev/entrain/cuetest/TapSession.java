package dev.entrain.cuetest;

import dev.entrain.audio.AudioLoop;
import dev.entrain.audio.AudioStatistics;
import dev.entrain.audio.PlayedCue;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.time.NanoClock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Plays a steady beat while a person taps along. */
public final class TapSession {
    /** 80 beats per minute: taps stay even, and a latency of up to half a second stays under one beat. */
    public static final long PERIOD_NS = 750_000_000L;

    private static final long MS = 1_000_000L;
    private static final long OPENING_NS = 5_000 * MS;
    private static final long FIRST_NS = 1_000 * MS;
    private static final long AHEAD_NS = 200 * MS;
    private static final long END_NS = 2_000 * MS;
    private static final int MOST_BEATS = 64;

    private final AudioLoop loop;
    private final Thread thread;
    private final SlotRing<CueCommand> commands;
    private final NanoClock time;

    /**
     * Prepares a session.
     *
     * @param loop the audio thread's body, with an output offset of 0
     * @param thread the thread that runs it, started by {@link #run}
     * @param commands the ring the loop reads
     * @param time CLOCK_MONOTONIC
     */
    public TapSession(AudioLoop loop, Thread thread, SlotRing<CueCommand> commands, NanoClock time) {
        this.loop = loop;
        this.thread = thread;
        this.commands = commands;
        this.time = time;
    }

    /**
     * Plays until there are taps enough, at most {@value #MOST_BEATS} beats, and ends the audio thread.
     *
     * @param taps returns the taps since the session began, ns, ascending
     * @param napping waits about 5 ms; returns true to end early
     */
    public TapResult run(Supplier<long[]> taps, BooleanSupplier napping) {
        thread.start();
        try {
            long openNs = time.nowNs();
            boolean ended = false;
            while (!playing() && !ended && time.nowNs() - openNs < OPENING_NS) {
                ended = napping.getAsBoolean();
            }
            if (!playing()) {
                return TapResult.refused(
                        "nothing is heard: " + loop.statistics().description(), 0, 0);
            }
            long firstNs = time.nowNs() + FIRST_NS;
            play(firstNs, taps, napping);
            return TapJudge.judge(firstNs, PERIOD_NS, taps.get());
        } finally {
            end();
        }
    }

    private boolean playing() {
        AudioStatistics statistics = loop.statistics();
        return statistics.state() == AudioStatistics.State.PLAYING && statistics.framesWritten() > 0;
    }

    private void play(long firstNs, Supplier<long[]> taps, BooleanSupplier napping) {
        int beat = 0;
        while (taps.get().length < TapJudge.WANTED && time.nowNs() - firstNs < MOST_BEATS * PERIOD_NS) {
            long onsetNs = firstNs + beat * PERIOD_NS;
            if (onsetNs - time.nowNs() < AHEAD_NS) {
                plan(++beat, onsetNs);
            }
            for (PlayedCue cue = loop.played().peek();
                    cue != null;
                    cue = loop.played().peek()) {
                loop.played().release();
            }
            if (napping.getAsBoolean()) {
                return;
            }
        }
    }

    private void plan(int beat, long onsetNs) {
        CueCommand slot = commands.claim();
        if (slot != null) {
            slot.kind = CueCommand.Kind.SCHEDULE;
            slot.cueId = beat;
            slot.onsetNs = onsetNs;
            slot.periodNs = PERIOD_NS;
            slot.decidedNs = onsetNs - AHEAD_NS;
            slot.foot = Foot.LEFT;
            slot.voice = Voice.BEAT;
            slot.gain = 1;
            commands.publish();
        }
    }

    private void end() {
        loop.stop();
        try {
            thread.join(END_NS / MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
