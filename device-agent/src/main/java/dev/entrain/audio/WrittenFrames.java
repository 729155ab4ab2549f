package dev.entrain.audio;

/**
 * The last frames that were written, so that frames taken back can be written anew without mixing again. For one thread;
 * realtime-safe but for {@link #resize}.
 */
final class WrittenFrames {
    private float[] ring = new float[2];
    private int capacity = 1;
    private long next;
    private long silentFrom;

    /** Keeps the last frames of an output, as many as it can queue, and forgets those before. */
    void resize(int frames) {
        capacity = frames;
        ring = new float[2 * frames];
        next = 0;
        silentFrom = 0;
    }

    /**
     * Keeps frames.
     *
     * @param fromFrame number of the first; frames numbered from there on are replaced
     * @param stereo left and right in turn, from index 0
     * @param frames how many, at most the capacity
     */
    void put(long fromFrame, float[] stereo, int frames) {
        silentFrom = Math.min(silentFrom, fromFrame);
        for (int i = 0; i < frames; i++) {
            int at = 2 * Math.floorMod(fromFrame + i, capacity);
            ring[at] = stereo[2 * i];
            ring[at + 1] = stereo[2 * i + 1];
            if (stereo[2 * i] != 0 || stereo[2 * i + 1] != 0) {
                silentFrom = fromFrame + i + 1;
            }
        }
        next = fromFrame + frames;
    }

    /** Returns whether every kept frame from a number on is exactly 0. */
    boolean silentFrom(long frame) {
        return silentFrom <= frame;
    }

    /**
     * Copies the last frames.
     *
     * @param stereo receives them from index 0
     * @param frames how many, at most the capacity
     */
    void copyLast(float[] stereo, int frames) {
        for (int i = 0; i < frames; i++) {
            int at = 2 * Math.floorMod(next - frames + i, capacity);
            stereo[2 * i] = ring[at];
            stereo[2 * i + 1] = ring[at + 1];
        }
    }
}
