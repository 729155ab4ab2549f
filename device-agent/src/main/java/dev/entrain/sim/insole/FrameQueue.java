package dev.entrain.sim.insole;

import dev.entrain.protocol.WireFormat;
import dev.entrain.sim.pty.Pty;
import dev.entrain.sim.pty.PtyException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Frames that the line has not taken yet: a few, for what a host reads late is worth little. When full, the oldest whole
 * frame goes; one that is partly sent is finished first, so that the line never carries part of a frame. Used by one
 * thread; counts may be read by any.
 */
final class FrameQueue {
    private static final int FRAMES = 8;

    private final byte[][] frames = new byte[FRAMES][WireFormat.MAX_FRAME_BYTES];
    private final int[] lengths = new int[FRAMES];
    private final int[] samples = new int[FRAMES];
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong cleared = new AtomicLong();
    private int count;
    private int headSent;

    /** Appends a frame. */
    void offer(byte[] frame, int length, int sampleCount) {
        if (count == FRAMES) {
            int oldest = headSent > 0 ? 1 : 0;
            dropped.addAndGet(samples[oldest]);
            remove(oldest);
        }
        System.arraycopy(frame, 0, frames[count], 0, length);
        lengths[count] = length;
        samples[count] = sampleCount;
        count++;
    }

    /** Hands the line as much as it takes. */
    void flush(Pty line) throws PtyException {
        while (count > 0) {
            headSent += line.write(frames[0], headSent, lengths[0] - headSent);
            if (headSent < lengths[0]) {
                return;
            }
            headSent = 0;
            sent.addAndGet(samples[0]);
            remove(0);
        }
    }

    /** Nobody listens any more. */
    void clear() {
        for (int i = 0; i < count; i++) {
            cleared.addAndGet(samples[i]);
        }
        count = 0;
        headSent = 0;
    }

    /** Samples that the line took. */
    long sent() {
        return sent.get();
    }

    /** Samples dropped for newer ones. */
    long dropped() {
        return dropped.get();
    }

    /** Samples that were waiting when the host closed the line. */
    long cleared() {
        return cleared.get();
    }

    private void remove(int index) {
        byte[] free = frames[index];
        for (int i = index + 1; i < count; i++) {
            frames[i - 1] = frames[i];
            lengths[i - 1] = lengths[i];
            samples[i - 1] = samples[i];
        }
        count--;
        frames[count] = free;
    }
}
