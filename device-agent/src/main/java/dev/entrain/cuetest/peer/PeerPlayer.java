package dev.entrain.cuetest.peer;

import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import javax.sound.sampled.LineUnavailableException;

/** Plays a schedule in the way of one peer, on a timer. Runs in a process of its own. */
public final class PeerPlayer {
    private static final long FIRST_NS = 1_000_000_000L;
    private static final long TAIL_NS = 1_500_000_000L;

    private final Peer peer;
    private final Runnable lift;
    private final NanoClock time;

    /**
     * Prepares a run.
     *
     * @param peer one that is timed
     * @param lift gives the calling thread the priority of our own sound thread
     * @param time CLOCK_MONOTONIC
     */
    public PeerPlayer(Peer peer, Runnable lift, NanoClock time) {
        this.peer = peer;
        this.lift = lift;
        this.time = time;
    }

    /** Hears of a run before its first cue. */
    @FunctionalInterface
    public interface Told {
        /**
         * Is told.
         *
         * @param description what was opened
         * @param firstNs moment of the first cue, ns
         */
        void told(String description, long firstNs);
    }

    /**
     * Plays.
     *
     * @param count cues
     * @param periodNs from cue to cue, ns
     * @param told is told before the first cue
     * @param napping waits about 5 ms; returns true to end early
     * @throws IOException if the peer can't play; the message says why
     */
    public void play(int count, long periodNs, Told told, BooleanSupplier napping) throws IOException {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                body -> Thread.ofPlatform().name("peer-timer").daemon().unstarted(() -> {
                    lift.run();
                    body.run();
                }));
        try (Strike strike = open()) {
            long firstNs = time.nowNs() + FIRST_NS;
            told.told(strike.describe(), firstNs);
            AtomicLong left = new AtomicLong(count);
            ScheduledFuture<?> beats = timer.scheduleAtFixedRate(
                    () -> {
                        if (left.getAndDecrement() > 0) {
                            play(strike);
                        }
                    },
                    firstNs - time.nowNs(),
                    periodNs,
                    TimeUnit.NANOSECONDS);
            long endNs = firstNs + (count - 1) * periodNs + TAIL_NS;
            while (time.nowNs() - endNs < 0 && !napping.getAsBoolean()) {
                if (beats.state() == Future.State.FAILED) {
                    throw new IOException(beats.exceptionNow().getMessage(), beats.exceptionNow());
                }
            }
        } finally {
            timer.shutdownNow();
        }
    }

    private static void play(Strike strike) {
        try {
            strike.strike();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private Strike open() throws IOException {
        try {
            return switch (peer) {
                case JAVA_LINE -> new LineStrike(0);
                case JAVA_LINE_1024 -> new LineStrike(1024);
                case JAVA_CLIP -> new ClipStrike();
                case APLAY -> new AplayStrike();
                case JACK_METRO -> throw new IllegalArgumentException(peer + " plays by its own clock");
            };
        } catch (LineUnavailableException e) {
            throw new IOException("Java Sound could not open its line (" + e.getMessage() + ")", e);
        } catch (IllegalArgumentException e) {
            // So Java Sound says that there is no device at all.
            throw new IOException("Java Sound finds no device (" + e.getMessage() + ")", e);
        }
    }
}
