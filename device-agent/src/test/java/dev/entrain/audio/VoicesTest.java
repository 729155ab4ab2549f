package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.sample.Foot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoicesTest {
    @ParameterizedTest
    @ValueSource(ints = {44_100, 48_000, 96_000})
    void shouldBeEquallyLoudForBothFeet(int rateHz) {
        Voices voices = new Voices(rateHz);
        for (Voice voice : Voice.values()) {
            double left = KWeighting.energy(voices.of(voice, Foot.LEFT), rateHz);
            double right = KWeighting.energy(voices.of(voice, Foot.RIGHT), rateHz);

            assertThat(10 * Math.log10(left / right)).isCloseTo(0, within(0.01));
            assertThat(10 * Math.log10(rms(voices.of(voice, Foot.LEFT)) / rms(voices.of(voice, Foot.RIGHT))))
                    .isCloseTo(0, within(1.0));
        }
    }

    @Test
    void shouldMakeAccentLouderThanBeat() {
        Voices voices = new Voices(48_000);
        double beat = KWeighting.energy(voices.of(Voice.BEAT, Foot.LEFT), 48_000);
        double accent = KWeighting.energy(voices.of(Voice.ACCENT, Foot.LEFT), 48_000);

        assertThat(10 * Math.log10(accent / beat)).isCloseTo(Voices.ACCENT_DB, within(0.01));
    }

    @Test
    void shouldSoundOnFrameZeroAndEndAtZeroWithinEightyMilliseconds() {
        Voices voices = new Voices(48_000);
        for (Voice voice : Voice.values()) {
            for (Foot foot : Foot.values()) {
                float[] sound = voices.of(voice, foot);

                // Half a step of 16 bit at 30 dB below the loudest level would be lost, so the first frame is far
                // larger.
                assertThat(Math.abs(sound[0])).isGreaterThan(0.005f).isLessThan(0.2f);
                assertThat(sound[sound.length - 1]).isZero();
                assertThat(sound.length).isLessThan(48 * 80);
                assertThat(peak(sound)).isLessThanOrEqualTo(1);
                assertThat(peakFrame(sound)).isLessThan(48 * 3);
            }
        }
    }

    @Test
    void shouldTellTheFeetApartByPitch() {
        Voices voices = new Voices(48_000);

        assertThat(crossings(voices.of(Voice.BEAT, Foot.RIGHT)))
                .isGreaterThan(crossings(voices.of(Voice.BEAT, Foot.LEFT)) + 10);
    }

    @Test
    void shouldWeightAsTheStandardTabulates() {
        assertThat(KWeighting.shelf(48_000))
                .containsExactly(
                        new double[] {
                            1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585
                        },
                        within(1e-10));
        assertThat(KWeighting.highPass(48_000))
                .containsExactly(new double[] {1, -2, 1, -1.99004745483398, 0.99007225036621}, within(1e-10));
    }

    private static double rms(float[] sound) {
        double sum = 0;
        for (float value : sound) {
            sum += value * value;
        }
        return sum;
    }

    private static double peak(float[] sound) {
        return Math.abs(sound[peakFrame(sound)]);
    }

    private static int peakFrame(float[] sound) {
        int at = 0;
        for (int i = 0; i < sound.length; i++) {
            at = Math.abs(sound[i]) > Math.abs(sound[at]) ? i : at;
        }
        return at;
    }

    private static int crossings(float[] sound) {
        int count = 0;
        for (int i = 1; i < sound.length - 1; i++) {
            count += sound[i - 1] < 0 != sound[i] < 0 ? 1 : 0;
        }
        return count;
    }
}
