package dev.entrain.calibration;

import dev.entrain.audio.AudioException;
import dev.entrain.audio.AudioOpener;
import dev.entrain.audio.AudioOutput;
import dev.entrain.audio.CardStatus;
import java.util.Arrays;

/**
 * A 1 kHz sine that grows slowly and fades when it ends, on both channels, on a thread of its own. It needs no exact
 * time, so an underrun only interrupts it for a moment.
 */
public final class ReferenceTone implements AutoCloseable {
    private static final double PITCH_HZ = 1000;

    /** The tone starts so far below its level and grows evenly in dB. */
    private static final double RISE_DB = 40;

    private static final double RISE_DB_PER_S = 10;
    private static final double FADE_DB_PER_S = 200;
    private static final int WAIT_MS = 100;
    private static final int MOST_EMPTY_WAITS = 20;
    private static final long END_MS = 2000;

    private final AudioOpener opener;
    private final double levelDbfs;
    private final Thread thread = Thread.ofPlatform().name("entrain-tone").unstarted(this::play);
    private volatile boolean stopping;
    private volatile boolean steady;
    private volatile String failure = "";
    private double belowDb = RISE_DB;
    private double phase;

    /**
     * Opens nothing yet.
     *
     * @param opener the output
     * @param levelDbfs level of the tone, dB below a full-scale sine, under 0
     */
    public ReferenceTone(AudioOpener opener, double levelDbfs) {
        if (!(levelDbfs < 0)) {
            throw new IllegalArgumentException("levelDbfs must be under 0, not " + levelDbfs);
        }
        this.opener = opener;
        this.levelDbfs = levelDbfs;
    }

    /**
     * Starts to play.
     *
     * @throws AudioException if the output cannot be opened
     */
    public void start() throws AudioException {
        opener.open().close(); // A card that cannot be had is told here, not by a thread.
        thread.start();
    }

    /** Returns whether the tone has grown to its level; it is worth measuring from then on. Thread-safe. */
    public boolean steady() {
        return steady;
    }

    /** Returns what ended the tone early and what to do; empty while all is well. Thread-safe. */
    public String failure() {
        return failure;
    }

    /** Fades the tone and closes the output. */
    @Override
    public void close() {
        stopping = true;
        try {
            if (thread.isAlive()) {
                thread.join(END_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void play() {
        try (AudioOutput output = opener.open()) {
            float[] block = new float[2 * output.bufferFrames()];
            if (output.write(block, 0, output.bufferFrames()) == 0 || !output.start()) {
                failure = output.failure();
                return;
            }
            CardStatus status = new CardStatus();
            int silentFrames = 0;
            int emptyWaits = 0;
            // Ends when the fade and one buffer of silence were taken, or the output fails or takes nothing for 2 s.
            while (failure.isEmpty() && silentFrames < output.bufferFrames() && emptyWaits < MOST_EMPTY_WAITS) {
                switch (output.await(status, WAIT_MS)) {
                    case READY -> {
                        emptyWaits = 0;
                        int frames = Math.min(status.roomFrames, block.length / 2);
                        silentFrames = render(block, frames, output.rateHz()) ? silentFrames + frames : 0;
                        output.write(block, 0, frames);
                    }
                    case TIMEOUT -> emptyWaits++;
                    case UNDERRUN, SUSPENDED -> restart(output, block);
                    case FAILED -> failure = output.failure();
                }
            }
        } catch (AudioException e) {
            failure = e.getMessage();
        }
    }

    private void restart(AudioOutput output, float[] block) {
        Arrays.fill(block, 0);
        belowDb = RISE_DB;
        if (!output.recover() || output.write(block, 0, output.bufferFrames()) == 0 || !output.start()) {
            failure = output.failure();
        }
    }

    /** Fills the next frames; returns whether all of them are silent for good. */
    private boolean render(float[] stereo, int frames, int rateHz) {
        steady = belowDb <= 0;
        boolean silent = stopping && belowDb >= RISE_DB * 2;
        for (int i = 0; i < frames; i++) {
            belowDb = stopping
                    ? Math.min(2 * RISE_DB, belowDb + FADE_DB_PER_S / rateHz)
                    : Math.max(0, belowDb - RISE_DB_PER_S / rateHz);
            double gain = belowDb >= 2 * RISE_DB ? 0 : Math.pow(10, (levelDbfs - belowDb) / 20);
            float sample = (float) (gain * Math.sin(phase));
            phase = (phase + 2 * Math.PI * PITCH_HZ / rateHz) % (2 * Math.PI);
            stereo[2 * i] = sample;
            stereo[2 * i + 1] = sample;
        }
        return silent;
    }
}
