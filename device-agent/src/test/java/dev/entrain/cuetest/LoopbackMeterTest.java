package dev.entrain.cuetest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackMeterTest {
    private static final int BEATS = 24;

    @ParameterizedTest
    @ValueSource(doubles = {-41.2345, 0, 1.0001, 12.3456789, 182.7, 449.9, 492.3})
    void shouldMeasureADelayBetweenFramesToAMicrosecond(double lagMs) {
        SyntheticLoop loop = new SyntheticLoop(BEATS);
        loop.lagNs = lagMs * 1e6;
        LoopbackResult result = loop.measure();

        assertThat(result.refusal()).isEmpty();
        assertThat(result.heard()).isEqualTo(BEATS);
        assertThat(result.offsetNs()).isCloseTo(lagMs * 1e6, within(1_000.0));
        assertThat(result.maxNs()).isLessThan(2_000);
    }

    @Test
    void shouldNotMindGainPolarityHumAndNoise() {
        SyntheticLoop loop = new SyntheticLoop(BEATS);
        loop.gain = -0.05; // Peak of a beat about 0.006.
        loop.hum = 0.05;
        loop.noise = 0.0002;
        LoopbackResult result = loop.measure();

        assertThat(result.turned()).isTrue();
        assertThat(result.heard()).isEqualTo(BEATS);
        assertThat(result.offsetNs()).isCloseTo(loop.lagNs, within(5_000.0));
    }

    @Test
    void shouldTellTheSpreadAndTheDistanceOfTheFarthest() {
        SyntheticLoop loop = new SyntheticLoop(60);
        loop.jitterNs = 300_000;
        LoopbackResult result = loop.measure();

        assertThat(result.heard()).isEqualTo(60);
        assertThat(result.offsetNs()).isCloseTo(loop.lagNs, within(200_000.0));
        assertThat(result.spreadNs()).isBetween(200_000.0, 420_000.0);
        assertThat(result.maxNs()).isBetween(500_000.0, 1_500_000.0);
        assertThat(result.p50Ns()).isLessThan(result.p99Ns());
    }

    @ParameterizedTest
    @CsvSource({"0.6, 8.0", "1.6, 7.0", "2.5, 12.0", "0.5, 1.4"})
    void shouldTellTheDirectSoundFromItsEcho(double echoGain, double echoMs) {
        SyntheticLoop loop = new SyntheticLoop(BEATS);
        loop.echoGain = echoGain;
        loop.echoNs = echoMs * 1e6;
        loop.noise = 0.0005;
        LoopbackResult result = loop.measure();

        assertThat(result.refusal()).isEmpty();
        assertThat(result.offsetNs()).isCloseTo(loop.lagNs, within(100_000.0));
    }

    @Test
    void shouldBearAMicrophoneThatHearsNoTreble() {
        SyntheticLoop loop = new SyntheticLoop(BEATS);
        loop.noise = 0.0005;
        loop.microphone(recorded -> {
            double[] dull = recorded.clone();
            double share = 1 - Math.exp(-2 * Math.PI * 3_000 / SyntheticLoop.RATE_HZ);
            for (int i = 1; i < dull.length; i++) {
                dull[i] = dull[i - 1] + share * (recorded[i] - dull[i - 1]);
            }
            return dull;
        });
        LoopbackResult result = loop.measure();

        // A filter of 3 kHz delays by 53 us itself; that much of the offset is the microphone's.
        assertThat(result.heard()).isGreaterThan(BEATS * 9 / 10);
        assertThat(result.offsetNs()).isCloseTo(loop.lagNs + 53_000, within(30_000.0));
    }

    @Test
    void shouldCountBeatsThatDidNotComeAndGuessNone() {
        SyntheticLoop loop = new SyntheticLoop(60);
        loop.likeliness = 0.8;
        loop.noise = 0.001;
        LoopbackResult result = loop.measure();

        assertThat(result.missing()).isNotEmpty();
        assertThat(result.heard() + result.missing().size() + result.doubtful().size())
                .isEqualTo(60);
        assertThat(result.maxNs()).isLessThan(100_000);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0005, 0.002, 0.004, 0.008, 0.015, 0.03, 0.06, 0.12, 0.25, 0.5})
    void shouldBeRightToATenthOfAMillisecondOrRefuseAsNoiseGrows(double noise) {
        SyntheticLoop loop = new SyntheticLoop(40);
        loop.noise = noise;
        LoopbackResult result = loop.measure();

        if (noise <= 0.015) { // 18 dB under the beat's peak.
            assertThat(result.measured()).isTrue();
        }
        if (noise >= 0.06) { // Half as loud as the beat's peak.
            assertThat(result.measured()).isFalse();
        }
        if (result.measured()) {
            assertThat(result.offsetNs()).isCloseTo(loop.lagNs, within(50_000.0));
            assertThat(result.maxNs()).isLessThan(300_000);
        } else {
            assertThat(result.refusal()).contains("beats");
        }
    }

    @Test
    void shouldRefuseWhenNothingIsPlayed() {
        SyntheticLoop loop = new SyntheticLoop(BEATS);
        loop.likeliness = 0;
        loop.noise = 0.01;

        assertThat(loop.measure().refusal()).contains("not at all or too faintly", "cable");
    }

    @Test
    void shouldRefuseDigitalSilence() {
        SyntheticLoop loop = new SyntheticLoop(BEATS);
        loop.likeliness = 0;

        assertThat(loop.measure().refusal()).contains("not at all");
    }
}
