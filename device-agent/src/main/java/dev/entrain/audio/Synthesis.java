package dev.entrain.audio;

import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.sample.Foot;
import java.util.Random;

/**
 * The recipes of the cue sounds. Partial levels are chosen so that both feet weigh the same by K and by A weighting, not
 * only by one; the ratios of the partials are those of a free bar (2.76) and of a circular membrane (1.59, 2.14, 2.65;
 * Rossing and Fletcher, "The Physics of Musical Instruments", 1998). A footfall is many small strikes whose moments follow
 * the heel and then the roll of the sole (Cook, "Modeling Bill's gait", 2002).
 */
final class Synthesis {
    private static final int WOOD_MS = 60;
    private static final int DRUM_MS = 110;
    private static final int CLICK_MS = 40;
    private static final int SWISH_MS = 100;

    private static final double CREST = 0;
    private static final double RISING = 0.25;
    private static final double FALLING = 0.75;

    private static final int GRAINS = 120;
    private static final int GRAINS_OF_TEN_IN_HEEL = 6;
    private static final long GRAIN_SEED = 8;

    private Synthesis() {}

    /** Returns a sound, not yet levelled. */
    static float[] sound(Timbre timbre, Voice voice, Foot foot, int rateHz) {
        boolean left = foot == Foot.LEFT;
        boolean accent = voice == Voice.ACCENT;
        return switch (timbre) {
            case WOOD -> Strike.sum(rateHz, WOOD_MS, wood(left, accent));
            case DRUM -> Strike.sum(rateHz, DRUM_MS, drum(left, accent));
            case CLICK -> Strike.sum(rateHz, CLICK_MS, click(left, accent));
            case SWISH -> Strike.sum(rateHz, SWISH_MS, swish(left, accent));
        };
    }

    private static Strike[] wood(boolean left, boolean accent) {
        double hz = left ? 740 : 988;
        Strike first = strike(hz, 1, 0.012, 0.001, CREST);
        return accent
                ? new Strike[] {
                    first, strike(2 * hz, 0.9, 0.010, 0.001, RISING), strike(2.756 * hz, 0.5, 0.004, 0.001, RISING)
                }
                : new Strike[] {first, strike(2.756 * hz, left ? 0.57 : 0.82, 0.004, 0.001, RISING)};
    }

    private static Strike[] drum(boolean left, boolean accent) {
        double hz = left ? 440 : 587;
        Strike first = strike(hz, 1, 0.028, 0.001, CREST);
        return accent
                ? new Strike[] {
                    first,
                    strike(1.594 * hz, left ? 0.96 : 0.46, 0.018, 0.0015, RISING),
                    strike(2.136 * hz, left ? 0.7 : 0.6, 0.014, 0.0015, FALLING),
                    strike(2.653 * hz, 0.9, 0.012, 0.0015, RISING),
                    strike(3.6 * hz, 1.1, 0.010, 0.001, RISING)
                }
                : new Strike[] {
                    first,
                    strike(1.594 * hz, left ? 1.01 : 0.39, 0.018, 0.0015, RISING),
                    strike(2.136 * hz, left ? 0.85 : 0.86, 0.014, 0.0015, FALLING)
                };
    }

    private static Strike[] click(boolean left, boolean accent) {
        double hz = left ? 1000 : 1400;
        return accent
                ? new Strike[] {
                    strike(hz, 1, 0.006, 0.0005, CREST),
                    strike(2 * hz, 0.8, 0.006, 0.0005, RISING),
                    strike(2.3 * hz, left ? 0.11 : 0.38, 0.002, 0.0005, RISING)
                }
                : new Strike[] {
                    strike(hz, 1, 0.0045, 0.0005, CREST), strike(2.3 * hz, left ? 0.09 : 0.34, 0.002, 0.0005, RISING)
                };
    }

    private static Strike[] swish(boolean left, boolean accent) {
        double lowHz = left ? 520 : 900;
        double highHz = left ? accent ? 1500 : 1050 : accent ? 2900 : 2500;
        // The generator's numbers are specified by the JDK, so a seed gives the same noise everywhere.
        Random random = new Random(GRAIN_SEED);
        Strike[] grains = new Strike[GRAINS];
        for (int i = 0; i < GRAINS; i++) {
            boolean heel = i % 10 < GRAINS_OF_TEN_IN_HEEL;
            double first = random.nextDouble();
            double second = random.nextDouble();
            double pitch = random.nextDouble();
            double strength = 0.3 + 0.7 * random.nextDouble();
            double turns = random.nextDouble();
            double startS = heel ? -0.012 * StrictMath.log(1 - first) : 0.045 + 0.03 * (first + second - 1);
            grains[i] = new Strike(
                    lowHz * StrictMath.pow(highHz / lowHz, pitch),
                    heel ? strength : strength / 2,
                    0.0025,
                    0.0015,
                    i == 0 ? 0 : startS,
                    i == 0 ? CREST : turns);
        }
        return grains;
    }

    private static Strike strike(double hz, double level, double decayS, double attackS, double turns) {
        return new Strike(hz, level, decayS, attackS, 0, turns);
    }
}
