package dev.entrain.cuetest;

import dev.entrain.audio.AudioException;
import dev.entrain.audio.AudioInput;
import dev.entrain.audio.CardFrameClock;
import dev.entrain.audio.CardStatus;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a thread that records, and the last {@value #KEPT_S} s of the recording with the moment of every frame, from the
 * same clock model as the output has. After an overrun it goes on; what lies across the gap is not told.
 */
final class CaptureLoop implements Runnable {
    private static final int KEPT_S = 6;
    private static final int WAIT_MS = 100;
    private static final long OPENING_S = 10;

    private final AudioInput.Opener opener;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CardStatus status = new CardStatus();
    private final Object lock = new Object();

    // All of these are guarded by the lock once the thread runs.
    private CardFrameClock clock = new CardFrameClock(1, 0);
    private float[][] kept = new float[2][0];
    private long firstFrame;
    private long nextFrame;
    private long overruns;
    private String description = "not open";
    private String failure = "";
    private int rateHz;
    private int channels;

    private Runnable lift = () -> {};
    private boolean lifted;
    private volatile boolean stopping;

    CaptureLoop(AudioInput.Opener opener) {
        this.opener = opener;
    }

    /** A piece of the recording. */
    static final class Piece {
        /** Samples. */
        final float[] left;

        /** Samples of the other channel; the same array of a mono input. */
        final float[] right;

        /** When the first of them was recorded, CLOCK_MONOTONIC ns. */
        final long firstNs;

        /** Time from sample to sample, ns. */
        final double nsPerFrame;

        Piece(float[] left, float[] right, long firstNs, double nsPerFrame) {
            this.left = left;
            this.right = right;
            this.firstNs = firstNs;
            this.nsPerFrame = nsPerFrame;
        }
    }

    /** Starts a thread and waits until the input is open; returns why it is not, or an empty text. */
    String start(Runnable onSound) {
        lift = onSound;
        Thread.ofPlatform().name("entrain-capture").daemon().start(this);
        try {
            if (!opened.await(OPENING_S, TimeUnit.SECONDS)) {
                return "The input does not open. Name another one with --capture; 'arecord -L' lists them.";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return failure();
    }

    /** Ends the thread soon; does not wait. */
    void stop() {
        stopping = true;
    }

    /** Returns the input as granted. */
    String description() {
        synchronized (lock) {
            return description;
        }
    }

    /** Returns what failed and what to do; empty while it records. */
    String failure() {
        synchronized (lock) {
            return failure;
        }
    }

    int rateHz() {
        synchronized (lock) {
            return rateHz;
        }
    }

    long overruns() {
        synchronized (lock) {
            return overruns;
        }
    }

    double ratePpm() {
        synchronized (lock) {
            return clock.ratePpm();
        }
    }

    /** Returns frames from the one recorded nearest to a moment, or null where they are not, not yet or no longer there. */
    @Nullable
    Piece piece(long fromNs, int frames) {
        synchronized (lock) {
            if (!clock.anchored()) {
                return null;
            }
            long from = clock.frameOf(fromNs);
            if (from < Math.max(firstFrame, nextFrame - kept[0].length) || from + frames > nextFrame) {
                return null;
            }
            float[] left = copy(kept[0], from, frames);
            float[] right = channels == 1 ? left : copy(kept[1], from, frames);
            long firstNs = clock.timeNsOf(from);
            return new Piece(left, right, firstNs, (double) (clock.timeNsOf(from + rateHz) - firstNs) / rateHz);
        }
    }

    @Override
    public void run() {
        try (AudioInput input = opener.open()) {
            adopt(input);
            opened.countDown();
            float[] block = new float[input.bufferFrames() * input.channels()];
            boolean runs = input.start();
            while (runs && !stopping) {
                runs = cycle(input, block);
            }
            tellFailure(input.failure());
        } catch (AudioException e) {
            tellFailure(e.getMessage());
        } finally {
            opened.countDown();
        }
    }

    private void adopt(AudioInput input) {
        synchronized (lock) {
            rateHz = input.rateHz();
            channels = input.channels();
            clock = new CardFrameClock(rateHz, 0);
            float[] left = new float[KEPT_S * rateHz];
            kept = new float[][] {left, channels == 1 ? left : new float[left.length]};
            description = input.describe();
        }
    }

    private boolean cycle(AudioInput input, float[] block) {
        return switch (input.await(status, WAIT_MS)) {
            case READY -> {
                int frames = input.read(block, status.roomFrames);
                synchronized (lock) {
                    clock.observe(status.timeNs, nextFrame + status.delayFrames);
                    keep(block, frames);
                }
                if (!lifted) {
                    lifted = true;
                    lift.run();
                }
                yield true;
            }
            case TIMEOUT -> true;
            case OVERRUN -> {
                synchronized (lock) {
                    overruns++;
                    firstFrame = nextFrame;
                    clock.release();
                }
                yield input.start();
            }
            case FAILED -> false;
        };
    }

    /** Called with the lock held. */
    private void keep(float[] block, int frames) {
        int size = kept[0].length;
        for (int i = 0; i < frames; i++) {
            int at = (int) ((nextFrame + i) % size);
            kept[0][at] = block[i * channels];
            kept[1][at] = block[i * channels + channels - 1];
        }
        nextFrame += frames;
    }

    private static float[] copy(float[] from, long first, int frames) {
        float[] to = new float[frames];
        int at = (int) (first % from.length);
        int head = Math.min(frames, from.length - at);
        System.arraycopy(from, at, to, 0, head);
        System.arraycopy(from, 0, to, head, frames - head);
        return to;
    }

    private void tellFailure(String what) {
        synchronized (lock) {
            failure = what;
        }
    }
}
