package dev.entrain.audio.music;

/**
 * Brings a song's beats onto the planned ones: at each step of the stretcher, what is left of the song until the next beat is
 * put onto what is left of the stream until then. The tempo that takes is kept near that of the beats around and changes only
 * a little from step to step, so a beat that is moved or comes early is met by a bend, not by a jump. Not thread-safe;
 * allocates nothing.
 */
final class Steering {
    /** Farthest from the song's own tempo, in a bend. In the mean it is {@code TempoFit.MOST_STRETCH}. */
    static final double MOST = 0.16;

    /** Farthest from the tempo of the beats around. */
    private static final double BEND = 0.06;

    /** Most change from a step to the next, which is 15 ms later. */
    private static final double SLEW = 0.01;

    /** A beat nearer than so many steps is met already, or can't be met any more. */
    private static final double NEAREST_STEPS = 1.5;

    private SongBeats beats = SongBeats.NONE;
    private long anchorOrdinal;
    private double anchorBeat;
    private double beatsPerCue = 1;
    private double tempo = 1;

    /**
     * Ties a song to the plan.
     *
     * @param ordinal a planned beat
     * @param beat the beat of the song that falls on it
     * @param perCue beats of the song from one planned beat to the next: 0.5, 1 or 2
     * @return the tempo to begin with
     */
    double tie(SongBeats song, BeatTrack plan, long ordinal, double beat, double perCue) {
        beats = song;
        anchorOrdinal = ordinal;
        anchorBeat = beat;
        beatsPerCue = perCue;
        tempo = clamp(between(plan, ordinal + 1));
        return tempo;
    }

    /** Returns the tempo at present. */
    double tempo() {
        return tempo;
    }

    double beatsPerCue() {
        return beatsPerCue;
    }

    /** Returns the beat of the song that belongs on a planned one; it may lie between two. */
    double beatOn(long ordinal) {
        return anchorBeat + (ordinal - anchorOrdinal) * beatsPerCue;
    }

    /** Returns the frame of the song that belongs on a planned beat. */
    double songFrameOn(long ordinal) {
        return beats.frameOf(beatOn(ordinal));
    }

    /** Returns the tempo that a planned beat asks for, from the one before it to it. */
    double between(BeatTrack plan, long ordinal) {
        double song = songFrameOn(ordinal) - songFrameOn(ordinal - 1);
        return song / Math.max(1, plan.frameOf(ordinal) - plan.frameOf(ordinal - 1));
    }

    /**
     * Returns the tempo for the next step.
     *
     * @param songFrame where in the song the middle of the next step lies
     * @param streamFrame where in the stream it lies
     * @param stepFrames length of a step
     */
    double steer(BeatTrack plan, double songFrame, double streamFrame, int stepFrames) {
        long next = plan.from(streamFrame + NEAREST_STEPS * stepFrames);
        double needed = (songFrameOn(next) - songFrame) / (plan.frameOf(next) - streamFrame);
        double around = between(plan, next);
        double aim = clamp(Math.clamp(needed, around - BEND, around + BEND));
        tempo += Math.clamp(aim - tempo, -SLEW, SLEW);
        return tempo;
    }

    private static double clamp(double ratio) {
        return Math.clamp(ratio, 1 - MOST, 1 + MOST);
    }
}
