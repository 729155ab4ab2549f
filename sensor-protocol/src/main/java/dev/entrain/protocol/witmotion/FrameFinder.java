package dev.entrain.protocol.witmotion;

/**
 * Finds WitMotion frames in a stream of bytes: {@code 55 type d0..d7 sum}, where sum is the low byte of the sum of the ten
 * bytes before.
 *
 * <p>An 8-bit sum lets 1 of 256 random frames pass, and 0x55 is an ordinary byte inside a frame. While in step that is
 * little harm: a frame must begin exactly where the last one ended. After anything wrong the place of the next frame is
 * unknown, every 0x55 is a candidate, and a false one would hand noise to the gait detector. So {@value #PROOF} frames
 * must then follow one another without a flaw, each of another type than the one before, until the first of them is
 * believed; by chance that happens once in about 10^18 bytes. Nothing good is lost: the frames that prove the place are
 * all delivered.
 *
 * <p>Not thread-safe; realtime-safe.
 */
final class FrameFinder {
    static final int FRAME_BYTES = 11;
    static final int HEADER = 0x55;
    static final int FIRST_TYPE = 0x50;
    static final int LAST_TYPE = 0x5f;

    /** Frames in a row that make a place believable. */
    static final int PROOF = 3;

    private final byte[] bytes = new byte[PROOF * FRAME_BYTES];
    private int filled;
    private boolean inStep;
    private long losses;
    private long bytesSkipped;

    /** Forgets what is half received. */
    void reset() {
        bytesSkipped += filled;
        filled = 0;
        inStep = false;
    }

    /** Takes one byte; call {@link #hasFrame()} until it says no before the next. */
    void push(byte value) {
        bytes[filled++] = value;
    }

    /** Whether a whole believed frame stands at {@link #bytes()}; drops what can be none. */
    boolean hasFrame() {
        // Each turn drops a byte or ends, and at most the buffer's bytes are there to drop.
        while (filled > 0) {
            int good = goodFrames();
            if (good < 0) {
                dropOne();
            } else {
                boolean believed = good == (inStep ? 1 : PROOF);
                inStep |= believed;
                return believed;
            }
        }
        return false;
    }

    /** The frame's bytes, from index 0. */
    byte[] bytes() {
        return bytes;
    }

    /** Done with the frame. */
    void next() {
        filled -= FRAME_BYTES;
        System.arraycopy(bytes, FRAME_BYTES, bytes, 0, filled);
    }

    /** How often a frame was not where or what it should be. */
    long losses() {
        return losses;
    }

    long bytesSkipped() {
        return bytesSkipped;
    }

    /** Whole good frames from index 0 on, or -1 if what is there cannot begin a run of them. */
    private int goodFrames() {
        int wanted = inStep ? 1 : PROOF;
        int before = -1;
        for (int frame = 0; frame < wanted; frame++) {
            int at = frame * FRAME_BYTES;
            if (filled > at && (bytes[at] & 0xff) != HEADER) {
                return -1;
            }
            if (filled > at + 1) {
                int type = bytes[at + 1] & 0xff;
                if (type < FIRST_TYPE || type > LAST_TYPE || type == before) {
                    return -1;
                }
                before = type;
            }
            if (filled < at + FRAME_BYTES) {
                return frame;
            }
            int sum = 0;
            for (int i = at; i < at + FRAME_BYTES - 1; i++) {
                sum += bytes[i];
            }
            if ((byte) sum != bytes[at + FRAME_BYTES - 1]) {
                return -1;
            }
        }
        return wanted;
    }

    private void dropOne() {
        if (inStep) {
            inStep = false;
            losses++;
            // The same bytes may still begin a run under the stricter rule; look again before dropping any.
            return;
        }
        bytesSkipped++;
        filled--;
        System.arraycopy(bytes, 1, bytes, 0, filled);
    }
}
