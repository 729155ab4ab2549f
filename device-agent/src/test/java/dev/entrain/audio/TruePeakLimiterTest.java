package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TruePeakLimiterTest {
    private static final int RATE_HZ = 48_000;

    @ParameterizedTest
    @ValueSource(ints = {44_100, 48_000, 96_000})
    void shouldPassBitForBitWhatDoesNotExceed(int rateHz) {
        Random random = new Random(1);
        float[] in = sound(20_000, i -> 0.1 * (2 * random.nextDouble() - 1) + 0.5 * Math.sin(i * 0.1));
        TruePeakLimiter limiter = new TruePeakLimiter(rateHz);

        float[] out = run(limiter, in);

        assertThat(limiter.delayFrames()).isBetween(rateHz / 1000, rateHz * 3 / 1000);
        assertThat(Arrays.mismatch(out, limiter.delayFrames(), out.length, in, 0, out.length - limiter.delayFrames()))
                .isEqualTo(-1);
        assertThat(new TruePeak().of(in)).isGreaterThan(0.59f);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mean")
    void shouldNeverLetTheTruePeakPassTheCeiling(String name, float[] in) {
        for (int rateHz : new int[] {44_100, 48_000, 96_000}) {
            TruePeakLimiter limiter = new TruePeakLimiter(rateHz);
            // With silence behind, because cutting a sound off makes a peak of its own.
            float[] out = run(limiter, Arrays.copyOf(in, in.length + limiter.delayFrames()));
            double peak = TruePeakReference.of(out);

            assertThat(peak).as("%s at %d Hz", name, rateHz).isLessThanOrEqualTo(TruePeakLimiter.CEILING);
            for (float sample : out) {
                assertThat(Math.abs(sample)).isLessThanOrEqualTo(TruePeakLimiter.CEILING);
            }
        }
    }

    static Stream<Arguments> mean() {
        Random random = new Random(7);
        return Stream.of(
                Arguments.of("square 480 frames", sound(3000, i -> i / 240 % 2 == 0 ? 1 : -1)),
                Arguments.of("square 7 frames, 12 dB over", sound(3000, i -> i % 7 < 4 ? 4 : -4)),
                Arguments.of("square 2 frames", sound(3000, i -> i % 2 == 0 ? 1 : -1)),
                Arguments.of("quarter rate between samples", sound(3000, i -> 1.4 * Math.sin(Math.PI / 2 * (i + 0.5)))),
                Arguments.of("0.45 of the rate", sound(3000, i -> 2 * Math.sin(Math.PI * 0.9 * i))),
                Arguments.of("0.49 of the rate", sound(3000, i -> 2 * Math.sin(Math.PI * 0.98 * i))),
                Arguments.of("white noise, 12 dB over", sound(3000, i -> 4 * (2 * random.nextDouble() - 1))),
                Arguments.of("random signs", sound(3000, i -> random.nextBoolean() ? 1 : -1)),
                Arguments.of(
                        "random signs, random bursts",
                        sound(6000, i -> (i / 50 % 3 == 0 ? 8 : 0.05) * (random.nextBoolean() ? 1 : -1))),
                Arguments.of("impulses", sound(3000, i -> i % 97 == 0 ? 10 : 0)),
                Arguments.of("lone step", sound(3000, i -> i < 1000 ? 0 : 3)),
                Arguments.of("steps of level", sound(6000, i -> (1 + i / 500) * Math.sin(i * 0.7))),
                Arguments.of("growing noise", sound(6000, i -> i / 500.0 * (2 * random.nextDouble() - 1))),
                Arguments.of("the worst signs for 24 taps", sound(3000, i -> worstSign(i % 150 - 75, 12))),
                Arguments.of("the worst signs for 60 taps", sound(3000, i -> worstSign(i % 150 - 75, 30))));
    }

    /** Signs that all pull the value half a frame after 0 up. */
    private static double worstSign(int i, int half) {
        return i <= -half || i > half ? 0 : Math.signum(Math.sin(Math.PI * (0.5 - i)) / (0.5 - i));
    }

    @Test
    void shouldBecomeTransparentAgainAfterALoudMoment() {
        TruePeakLimiter limiter = new TruePeakLimiter(RATE_HZ);
        float[] in = sound(2 * RATE_HZ, i -> i < 100 ? 3 : 0.2 * Math.sin(i * 0.05));
        float[] out = run(limiter, in);

        int from = RATE_HZ;
        assertThat(Arrays.mismatch(
                        out, from, out.length, in, from - limiter.delayFrames(), out.length - limiter.delayFrames()))
                .isEqualTo(-1);
        assertThat(out[2000]).isNotEqualTo(in[2000 - limiter.delayFrames()]);
    }

    @Test
    void shouldMoveItsGainWithoutSteps() {
        TruePeakLimiter limiter = new TruePeakLimiter(RATE_HZ);
        // A level that jumps by 18 dB: the gain has gone the whole way down when it comes, and comes back slowly.
        float[] in = sound(20_000, i -> i / 3000 % 2 == 0 ? 0.25 : 2);
        float[] out = run(limiter, in);
        int delay = limiter.delayFrames();

        double last = 1;
        for (int i = delay; i < out.length; i++) {
            double gain = out[i] / in[i - delay];
            assertThat(gain - last).isBetween(-1.0 / 40, 1.0 / 2000);
            last = gain;
        }
        assertThat(last).isLessThan(1);
    }

    @Test
    void shouldKeepTheFirstFrameOfASoundWhereItIs() {
        TruePeakLimiter limiter = new TruePeakLimiter(RATE_HZ);
        float[] out = run(limiter, sound(5000, i -> i < 1000 ? 0 : 5 * Math.cos((i - 1000) * 0.3)));

        assertThat(out[1000 + limiter.delayFrames() - 1]).isZero();
        assertThat(out[1000 + limiter.delayFrames()]).isCloseTo(0.7f, within(0.1f));
    }

    @Test
    void shouldTurnNonsenseIntoSilence() {
        TruePeakLimiter limiter = new TruePeakLimiter(RATE_HZ);
        float[] nonsense = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        for (float out : run(limiter, sound(3000, i -> nonsense[i % 3]))) {
            assertThat(out).isZero();
        }
        float[] out = run(limiter, sound(3 * RATE_HZ, i -> i == 0 ? Float.MAX_VALUE : 0.1));
        assertThat(out[limiter.delayFrames()]).isBetween(0.7f, TruePeakLimiter.CEILING);
        assertThat(out[out.length - 1]).isEqualTo(0.1f);
    }

    @Test
    void shouldForgetOnReset() {
        TruePeakLimiter limiter = new TruePeakLimiter(RATE_HZ);
        run(limiter, sound(3000, i -> 9 * Math.sin(i)));
        limiter.reset();
        float[] in = sound(3000, i -> 0.3 * Math.sin(i * 0.3));

        assertThat(run(limiter, in)).isEqualTo(run(new TruePeakLimiter(RATE_HZ), in));
    }

    private static float[] sound(int frames, IntToDoubleFunction of) {
        float[] sound = new float[frames];
        for (int i = 0; i < frames; i++) {
            sound[i] = (float) of.applyAsDouble(i);
        }
        return sound;
    }

    private static float[] run(TruePeakLimiter limiter, float[] in) {
        float[] out = new float[in.length];
        for (int i = 0; i < in.length; i++) {
            out[i] = limiter.next(in[i]);
        }
        return out;
    }
}
