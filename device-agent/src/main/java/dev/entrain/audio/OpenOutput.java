package dev.entrain.audio;

import dev.entrain.audio.AudioOutput.Event;
import java.util.Arrays;

/**
 * An output while it is open, with the frames it was given last, so that what it has queued can be taken back and written
 * anew without mixing again. For the audio thread; realtime-safe but for the constructor, {@link #start}, {@link #recover}
 * and {@link #close}.
 */
final class OpenOutput {
    private static final int FADES_PER_S = 200;

    /**
     * Frames next to be heard that are never written anew, as periods and as a share of a second: hardware may have fetched
     * them already, and the headphone jack of a Raspberry Pi moves its position in steps of 10 ms, so what it says is still
     * to be heard may have been.
     */
    private static final int KEEP_PERIODS = 2;

    private static final int KEEPS_PER_S = 100;

    /** The room was there when asked, so a short write means trouble that the next wait reports. */
    private static final int WRITE_TRIES = 4;

    private final AudioOutput output;
    private final int bufferFrames;
    private final float[] block;
    private final float[] ring;
    private long nextFrame;
    private long silentFrom;

    /**
     * Wraps an output that is open and not started.
     *
     * @param output closed with this
     * @param firstFrame number of the first frame it is given
     */
    OpenOutput(AudioOutput output, long firstFrame) {
        this.output = output;
        bufferFrames = output.bufferFrames();
        block = new float[2 * bufferFrames];
        ring = new float[2 * bufferFrames];
        nextFrame = firstFrame;
        silentFrom = firstFrame;
    }

    /** Returns what {@link #write} writes: left and right in turn, one buffer long, to be filled from its start. */
    float[] block() {
        return block;
    }

    /** Returns the number of the next frame the output is given. */
    long nextFrame() {
        return nextFrame;
    }

    int rateHz() {
        return output.rateHz();
    }

    int periodFrames() {
        return output.periodFrames();
    }

    int bufferFrames() {
        return bufferFrames;
    }

    String describe() {
        return output.describe();
    }

    /** Returns what failed and the next step; never empty. */
    String failure() {
        String failure = output.failure();
        return failure.isEmpty()
                ? describe() + " does not start. It is opened again; if that repeats, set audio.device to another."
                : failure;
    }

    Event await(CardStatus status, int timeoutMs) {
        return output.await(status, timeoutMs);
    }

    boolean recover() {
        return output.recover();
    }

    void close() {
        output.close();
    }

    /** Fills the output with silence and starts it; returns whether it plays. */
    boolean start() {
        long before = nextFrame;
        Arrays.fill(block, 0f);
        if (write(bufferFrames) == bufferFrames && output.start()) {
            return true;
        }
        nextFrame = before; // Nobody will hear them.
        return false;
    }

    /** Writes the first frames of the block; returns how many the output took. */
    int write(int frames) {
        int taken = 0;
        for (int attempt = 0; attempt < WRITE_TRIES && taken < frames; attempt++) {
            taken += output.write(block, taken, frames - taken);
        }
        for (int i = 0; i < taken; i++) {
            int at = at(nextFrame++);
            ring[at] = block[2 * i];
            ring[at + 1] = block[2 * i + 1];
            if (block[2 * i] != 0 || block[2 * i + 1] != 0) {
                silentFrom = nextFrame;
            }
        }
        return taken;
    }

    /**
     * Takes back what is queued, but for the next 2 periods or 10 ms, and writes it anew: a fade of 5 ms, then exact zeros.
     *
     * @return how many frames at the end of what is queued are zeros now; 0 if nothing was changed, because all was silent,
     *     not more than the fade was queued or the output can't take back
     */
    int hush() {
        if (silentFrom <= nextFrame - bufferFrames) {
            return 0;
        }
        int recalled = output.recall(Math.max(KEEP_PERIODS * periodFrames(), rateHz() / KEEPS_PER_S));
        nextFrame -= recalled;
        silentFrom = Math.min(silentFrom, nextFrame);
        int fade = rateHz() / FADES_PER_S;
        boolean fades = recalled > fade; // Else what the mixer still has would follow zeros.
        for (int i = 0; i < (fades ? fade : recalled); i++) {
            int at = at(nextFrame + i);
            float gain = fades ? (float) (fade - 1 - i) / fade : 1;
            block[2 * i] = ring[at] * gain;
            block[2 * i + 1] = ring[at + 1] * gain;
        }
        if (fades) {
            Arrays.fill(block, 2 * fade, 2 * recalled, 0f);
        }
        int taken = write(recalled);
        return fades ? Math.max(0, taken - fade) : 0;
    }

    private int at(long frame) {
        return 2 * Math.floorMod(frame, bufferFrames);
    }
}
