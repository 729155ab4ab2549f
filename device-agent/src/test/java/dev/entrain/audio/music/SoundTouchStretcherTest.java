package dev.entrain.audio.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.audio.music.soundtouch.SoundTouchStretchers;
import dev.entrain.music.MusicException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundTouchStretcherTest {
    private static final int FRAMES = 100_000;

    @ParameterizedTest
    @ValueSource(ints = {44_100, 48_000, 96_000})
    void shouldGiveBackWhatCameInWhereNothingIsStretched(int rateHz) throws MusicException {
        try (Stretcher stretcher = new SoundTouchStretchers().open(rateHz)) {
            for (int run = 0; run < 2; run++) {
                float[] in = noise();
                float[] out = new float[2 * FRAMES];
                int got = stretch(stretcher, in, out, 1);

                assertThat(got).isGreaterThan(FRAMES - rateHz / 10);
                for (int i = 0; i < got; i++) {
                    assertThat(out[i]).isCloseTo(in[i], within(1e-4f));
                }
                assertThat(stretcher.nextMiddleIn()).isCloseTo(stretcher.nextMiddleOut(), within(1.5));
                stretcher.clear();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.88, 0.95, 1.03, 1.12})
    void shouldTellWhereInTheSongEachStepLies(double tempo) throws MusicException {
        int rateHz = 48_000;
        try (Stretcher stretcher = new SoundTouchStretchers().open(rateHz)) {
            float[] in = new float[FRAMES];
            int stroke = 60_000;
            in[stroke] = 1;
            float[] out = new float[2 * FRAMES];
            double[] told = {Double.NaN};
            int[] done = {0};
            stretcher.tempo(tempo);
            float[] piece = new float[Stretcher.MOST_PUT];
            for (int from = 0; from + piece.length <= FRAMES; from += piece.length) {
                System.arraycopy(in, from, piece, 0, piece.length);
                stretcher.put(piece, piece.length);
                int taken = stretcher.take(out, done[0]);
                assertThat(taken).isIn(0, stretcher.stepFrames(), stretcher.stepFrames() * 2 / 3);
                done[0] += taken;
                if (Double.isNaN(told[0]) && stretcher.nextMiddleIn() >= stroke) {
                    told[0] = stretcher.nextMiddleOut() - (stretcher.nextMiddleIn() - stroke) / tempo;
                }
            }
            // Within half a seek window and half of what a step drops or repeats.
            double most = 0.0025 * rateHz + Math.abs(1 - tempo) * stretcher.stepFrames();
            assertThat((double) first(out)).isCloseTo(told[0], within(most + 1));
        }
    }

    private static int stretch(Stretcher stretcher, float[] in, float[] out, double tempo) {
        stretcher.tempo(tempo);
        float[] piece = new float[Stretcher.MOST_PUT];
        int got = 0;
        for (int from = 0; from + piece.length <= in.length; from += piece.length) {
            System.arraycopy(in, from, piece, 0, piece.length);
            stretcher.put(piece, piece.length);
            got += stretcher.take(out, got);
        }
        return got;
    }

    private static int first(float[] sound) {
        for (int i = 0; i < sound.length; i++) {
            if (Math.abs(sound[i]) > 0.3) {
                return i;
            }
        }
        return -1;
    }

    private static float[] noise() {
        Random random = new Random(3);
        float[] noise = new float[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            noise[i] = (float) (0.1 * random.nextGaussian());
        }
        return noise;
    }
}
