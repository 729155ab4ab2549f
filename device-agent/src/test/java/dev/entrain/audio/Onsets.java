package dev.entrain.audio;

import java.util.ArrayList;
import java.util.List;

/** Finds where sounds begin in a rendered stream. */
public final class Onsets {
    private static final int QUIET_FRAMES = 240;

    private Onsets() {}

    /** Returns the frames at which sound begins after at least 5 ms of exact zeros. */
    public static List<Long> of(float[] stereo) {
        List<Long> found = new ArrayList<>();
        int zeros = QUIET_FRAMES;
        for (int frame = 0; frame < stereo.length / 2; frame++) {
            if (stereo[2 * frame] == 0) {
                zeros++;
            } else {
                if (zeros >= QUIET_FRAMES) {
                    found.add((long) frame);
                }
                zeros = 0;
            }
        }
        return found;
    }
}
