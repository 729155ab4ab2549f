package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamResamplerTest {
    private static final double HZ = 997;

    @ParameterizedTest
    @CsvSource({"44100, 48000", "48000, 48000", "8000, 48000", "96000, 48000", "47999, 48000", "48000, 44100"})
    void shouldPutEveryFrameOnItsPlaceWhereverItBegins(int fromHz, int toHz) {
        for (long first : new long[] {0, 1_000, 123_457}) {
            StreamResampler resampler = new StreamResampler(fromHz, toHz);
            long[] at = {resampler.seek(first)};
            float[] out = new float[5000];
            int got = resampler.read(out, out.length, (mono, frames) -> {
                for (int i = 0; i < frames; i++) {
                    mono[i] = (float) Math.sin(2 * Math.PI * HZ * at[0]++ / fromHz);
                }
                return frames;
            });

            assertThat(got).isEqualTo(out.length);
            for (int i = first == 0 ? 500 : 0; i < out.length; i++) {
                assertThat((double) out[i]).isCloseTo(Math.sin(2 * Math.PI * HZ * (first + i) / toHz), within(2e-3));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"44100, 48000", "96000, 48000", "8000, 48000"})
    void shouldEndWithItsSource(int fromHz, int toHz) {
        StreamResampler resampler = new StreamResampler(fromHz, toHz);
        resampler.seek(0);
        int[] left = {fromHz};
        float[] out = new float[2 * toHz];
        int got = resampler.read(out, out.length, (mono, frames) -> {
            int now = Math.min(left[0], frames);
            left[0] -= now;
            return now;
        });

        assertThat(got).isEqualTo(toHz);
    }
}
