package dev.entrain.music.beat;

import java.util.Objects;

/**
 * Which level of the metre is the beat: the one people tap. Levels are compared by how periodic the onsets are there, by
 * how much stronger onsets are on the beats than half-way between them, and by how usual the tempo is: people prefer 100
 * to 130 taps a minute (Moelants, "Preferred tempo reconsidered", 2002), modelled as a bell over the logarithm of the
 * tempo (Ellis 2007; Klapuri, Eronen and Astola, "Analysis of the meter of acoustic musical signals", 2006).
 */
final class Metre {
    private static final double USUAL_BPM = 112;
    private static final double USUAL_OCTAVES = 0.75;
    private static final double[] RELATIVES = {1 / 3.0, 0.5, 2 / 3.0, 1, 1.5, 2, 3};
    private static final double TIGHTNESS = 60;
    private static final double CONTRAST_WEIGHT = 1.2;

    private final float[] envelope;
    private final double frameHz;
    private final Tempogram tempogram;

    Metre(float[] envelope, double frameHz, Tempogram tempogram) {
        this.envelope = envelope;
        this.frameHz = frameHz;
        this.tempogram = tempogram;
    }

    /** A level: its local period and its beats. */
    static final class Level {
        /** Local period at each second, s. */
        final double[] periodS;

        /** Places of the beats, frames of the onset strength. */
        final double[] frames;

        private final double merit;

        private Level(double[] periodS, double[] frames, double merit) {
            this.periodS = periodS;
            this.frames = frames;
            this.merit = merit;
        }
    }

    /** Returns the level people would tap. */
    Level choose() {
        double[] mean = tempogram.mean();
        int top = 0;
        for (int s = 1; s < mean.length; s++) {
            top = mean[s] * usual(s) > mean[top] * usual(top) ? s : top;
        }
        Level best = null;
        for (double factor : RELATIVES) {
            double periodS = Tempogram.periodS(top) * factor;
            int state = Tempogram.stateOf(periodS);
            if (state >= 0 && state < mean.length) {
                Level level = level(state, mean);
                if (best == null || level.merit > best.merit) {
                    best = level;
                }
            }
        }
        return Objects.requireNonNull(best);
    }

    private Level level(int state, double[] mean) {
        double[] periodS = tempogram.path(state);
        double[] frames = BeatPath.track(envelope, frameHz, periodS, TIGHTNESS);
        double on = 0;
        double between = 0;
        int half = (int) Math.round(0.02 * frameHz);
        for (int i = 0; i + 1 < frames.length; i++) {
            on += Envelope.peakNear(envelope, frames[i], half);
            between += Envelope.peakNear(envelope, 0.5 * (frames[i] + frames[i + 1]), half);
        }
        double contrast = (on - between) / Math.max(1e-9, on + between);
        double peak = 0;
        for (int s = Math.max(0, state - 4); s <= Math.min(mean.length - 1, state + 4); s++) {
            peak = Math.max(peak, mean[s]);
        }
        double merit = Math.log(usual(state)) + CONTRAST_WEIGHT * contrast + 1.5 * peak;
        return new Level(periodS, frames, merit);
    }

    private static double usual(int state) {
        double octaves = Math.log(60 / Tempogram.periodS(state) / USUAL_BPM) / Math.log(2) / USUAL_OCTAVES;
        return Math.exp(-0.5 * octaves * octaves);
    }
}
