package dev.entrain.music.beat;

import java.util.ArrayList;
import java.util.List;

/**
 * Which level of the metre is the beat, and which of its places: the ones people tap. Every level related to the strongest
 * period is tracked by itself, on the beat and between; what is heard there is weighed.
 *
 * <p>Listeners prefer 100 to 130 taps a minute (Moelants, "Preferred tempo reconsidered", 2002), modelled as a bell over
 * the logarithm of the tempo (Ellis 2007; Klapuri, Eronen and Astola, "Analysis of the meter of acoustic musical signals",
 * 2006). On beats more begins than between them, above all in the bass: a reggae's chords lie between, its drum does not.
 * How much each of these counts is a multinomial logit fitted to the development half of the evaluation's pieces (MUSIC.md).
 */
final class Metre {
    /** What is heard at a row of beats. */
    static final int FEATURES = 6;

    private static final double USUAL_BPM = 112;
    private static final double USUAL_OCTAVES = 0.75;
    private static final double[] RELATIVES = {0.25, 1 / 3.0, 0.5, 2 / 3.0, 0.75, 1, 4 / 3.0, 1.5, 2, 3, 4};
    private static final double TIGHTNESS = 450;
    private static final double NEAR_S = 0.025;

    /** In the order of {@link Level#heard}: how usual, on the beat, bass there, bass between, thirds, periodic. */
    private static final double[] WEIGHTS = {2.9, 0.35, 2.6, -1.15, -1.5, 1.6};

    private final float[] envelope;
    private final float[] thump;
    private final double frameHz;
    private final Tempogram tempogram;

    Metre(float[] envelope, float[] thump, double frameHz, Tempogram tempogram) {
        this.envelope = envelope;
        this.thump = thump;
        this.frameHz = frameHz;
        this.tempogram = tempogram;
    }

    /** A level: its local period and its beats. */
    static final class Level {
        /** Local period at each second, s. */
        final double[] periodS;

        /** Places of the beats, frames of the onset strength. */
        final double[] frames;

        /** What is heard there. */
        final double[] heard;

        private Level(double[] periodS, double[] frames, double[] heard) {
            this.periodS = periodS;
            this.frames = frames;
            this.heard = heard;
        }

        double merit() {
            double merit = 0;
            for (int i = 0; i < FEATURES; i++) {
                merit += WEIGHTS[i] * heard[i];
            }
            return merit;
        }
    }

    /** Returns the level people would tap. */
    Level choose() {
        List<Level> levels = levels();
        Level best = levels.getFirst();
        for (Level level : levels) {
            best = level.merit() > best.merit() ? level : best;
        }
        return best;
    }

    /** Returns every level that could be the beat, on its beats and half-way between. */
    List<Level> levels() {
        double[] mean = tempogram.mean();
        int top = 0;
        for (int s = 1; s < mean.length; s++) {
            top = mean[s] * Math.exp(usual(s)) > mean[top] * Math.exp(usual(top)) ? s : top;
        }
        List<Level> levels = new ArrayList<>();
        for (double factor : RELATIVES) {
            int state = Tempogram.stateOf(Tempogram.periodS(top) * factor);
            if (state >= 0 && state < mean.length) {
                double[] periodS = tempogram.path(state);
                double[] frames = BeatPath.track(envelope, frameHz, periodS, TIGHTNESS);
                levels.add(level(periodS, frames));
                if (frames.length > 2) {
                    levels.add(level(periodS, between(frames)));
                }
            }
        }
        return levels;
    }

    private static double[] between(double[] frames) {
        double[] between = new double[frames.length - 1];
        for (int i = 0; i < between.length; i++) {
            between[i] = 0.5 * (frames[i] + frames[i + 1]);
        }
        return between;
    }

    private Level level(double[] periodS, double[] frames) {
        double[] heard = new double[FEATURES];
        if (frames.length > 2) {
            int count = frames.length - 1;
            double periodOfBeats = (frames[count] - frames[0]) / count / frameHz;
            heard[0] = usual(Tempogram.stateOf(periodOfBeats));
            double on = sum(envelope, frames, 0);
            double thumps = sum(thump, frames, 0);
            heard[1] = Math.log(0.1 + on / count);
            heard[2] = Math.log(0.3 + thumps / count);
            heard[3] = Math.min(1.5, (sum(thump, frames, 0.5) + 0.05 * count) / (thumps + 0.05 * count));
            double thirds = Math.max(sum(envelope, frames, 1 / 3.0), sum(envelope, frames, 2 / 3.0));
            heard[4] = Math.min(1.5, thirds / (on + 1e-9));
            for (int w = 0; w < periodS.length; w++) {
                heard[5] += tempogram.strength(w, periodS[w]) / periodS.length;
            }
        }
        return new Level(periodS, frames, heard);
    }

    /** Sum of what begins near each beat, or a part of its interval behind it. */
    private double sum(float[] row, double[] frames, double part) {
        int half = (int) Math.round(NEAR_S * frameHz);
        double sum = 0;
        for (int i = 0; i + 1 < frames.length; i++) {
            sum += Envelope.peakNear(row, frames[i] + part * (frames[i + 1] - frames[i]), half);
        }
        return sum;
    }

    /** Logarithm of how usual a tempo is, 0 at the most usual one. */
    private static double usual(int state) {
        double octaves = Math.log(60 / Tempogram.periodS(state) / USUAL_BPM) / Math.log(2) / USUAL_OCTAVES;
        return -0.5 * octaves * octaves;
    }
}
