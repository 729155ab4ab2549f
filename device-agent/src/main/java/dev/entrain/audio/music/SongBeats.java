package dev.entrain.audio.music;

import dev.entrain.music.BeatGrid;
import java.util.Arrays;

/**
 * A song's beats as frames of the output's rate. Beats that its grid leaves out are filled in, so that a beat's number is a
 * place in the song's metre. Immutable; realtime-safe but for {@link #of}.
 */
final class SongBeats {
    /** A song nobody plays. */
    static final SongBeats NONE = new SongBeats(new double[] {0, 1}, new boolean[2], 1);

    private static final int MOST_FILLED = 16;
    private static final double NEARLY_WHOLE = 0.2;
    private static final double ON_BEAT = 0.25;

    private final double[] frames;
    private final boolean[] downbeats;
    private final double interval;

    private SongBeats(double[] frames, boolean[] downbeats, double interval) {
        this.frames = frames;
        this.downbeats = downbeats;
        this.interval = interval;
    }

    /**
     * Puts a grid on a rate.
     *
     * @param grid at least two beats
     */
    static SongBeats of(BeatGrid grid, int rateHz) {
        int known = grid.count();
        double median = medianInterval(grid);
        double[] at = new double[known * 2 + MOST_FILLED];
        boolean[] down = new boolean[at.length];
        int count = 0;
        for (int i = 0; i < known; i++) {
            if (i > 0) {
                double gap = grid.beatS(i) - grid.beatS(i - 1);
                long steps = Math.round(gap / median);
                boolean left = steps > 1 && steps <= MOST_FILLED && Math.abs(gap / median - steps) < NEARLY_WHOLE;
                for (int k = 1; left && k < steps && count < at.length - (known - i); k++) {
                    at[count++] = (grid.beatS(i - 1) + gap * k / steps) * rateHz;
                }
            }
            down[count] = grid.beatsPerBar() == 0 || grid.downbeat(i);
            at[count++] = grid.beatS(i) * rateHz;
        }
        return new SongBeats(Arrays.copyOf(at, count), Arrays.copyOf(down, count), median * rateHz);
    }

    int count() {
        return frames.length;
    }

    /** Returns the frame of a beat, which may lie between two or outside. */
    double frameOf(double beat) {
        int below = Math.clamp((long) Math.floor(beat), 0, frames.length - 2);
        double into = beat - below;
        if (beat < 0) {
            return frames[0] + beat * interval;
        }
        if (into > 1) {
            return frames[frames.length - 1] + (into - 1) * interval;
        }
        return frames[below] + into * (frames[below + 1] - frames[below]);
    }

    /** Returns whether a place is the first beat of a bar; one halfway between two beats is none. */
    boolean downbeat(double beat) {
        long nearest = Math.round(beat);
        return Math.abs(beat - nearest) < ON_BEAT
                && nearest >= 0
                && nearest < downbeats.length
                && downbeats[(int) nearest];
    }

    /** Returns the first beat 1 of a bar at a frame or later; where there is none, the first beat; -1 where there is none. */
    int downbeatFrom(double frame) {
        int first = -1;
        for (int i = 0; i < frames.length; i++) {
            if (frames[i] >= frame) {
                first = first < 0 ? i : first;
                if (downbeats[i]) {
                    return i;
                }
            }
        }
        return first;
    }

    private static double medianInterval(BeatGrid grid) {
        double[] gaps = new double[grid.count() - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = grid.beatS(i + 1) - grid.beatS(i);
        }
        Arrays.sort(gaps);
        return gaps[gaps.length / 2];
    }
}
