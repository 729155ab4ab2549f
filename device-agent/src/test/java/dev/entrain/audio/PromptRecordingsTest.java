package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.cue.Prompt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PromptRecordingsTest {
    /** Where speech counts as heard: this far below its own peak. */
    private static final double AUDIBLE = Math.pow(10, -30 / 20.0);

    static Stream<Arguments> languagesAndRates() {
        return Stream.of(Language.values())
                .flatMap(language -> Stream.of(44_100, 48_000).map(rateHz -> Arguments.of(language, rateHz)));
    }

    private static double decibels(double energyRatio) {
        return 10 * Math.log10(energyRatio);
    }

    @ParameterizedTest
    @MethodSource("languagesAndRates")
    void shouldSpeakEveryPromptAsLoudAsAnAccentAndNoPeakBeyondTheLoudestCue(Language language, int rateHz) {
        PromptRecordings recordings = SpokenWords.recordings(language, rateHz);
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (Prompt prompt : Prompt.values()) {
            float[] mono = SpokenWords.floats(recordings.of(prompt));
            double seconds = (double) mono.length / rateHz;
            double momentary = KWeighting.loudestEnergy(mono, rateHz, (int) Math.round(0.4 * rateHz));
            double integrated = KWeighting.energy(mono, rateHz) / Math.max(mono.length, 0.4 * rateHz);
            least = Math.min(least, integrated);
            most = Math.max(most, integrated);

            assertThat(seconds).as("%s in s", prompt).isBetween(0.2, longestS(prompt));
            assertThat(decibels(momentary / SpokenWords.accentEnergy(rateHz)))
                    .as("%s against an accent, dB", prompt)
                    .isBetween(-0.1, 0.1);
            float peak = 0;
            for (float value : mono) {
                peak = Math.max(peak, Math.abs(value));
            }
            // Speech whose peak is far above its energy would be cut by the limit, far below would be a hum.
            assertThat(peak).as("peak of %s", prompt).isBetween(0.1f, 1f);
        }
        // The loudest moments are alike; a sentence has softer ones between them, and more of them than a word.
        assertThat(decibels(most / least))
                .as("spread of the integrated loudness, dB")
                .isLessThan(4);
    }

    /** Words over a beat soften it for so long; these two are only said when no beat sounds, and must be complete. */
    private static double longestS(Prompt prompt) {
        return prompt == Prompt.PAUSED || prompt == Prompt.FINISHED ? 3 : 2;
    }

    @ParameterizedTest
    @MethodSource("languagesAndRates")
    void shouldTakeAFewMegabytesAtMost(Language language, int rateHz) {
        PromptRecordings recordings = SpokenWords.recordings(language, rateHz);
        int bytes = 0;
        for (Prompt prompt : Prompt.values()) {
            bytes += Short.BYTES * recordings.of(prompt).length;
        }
        assertThat(bytes).as("measured 2.2 to 2.4 MB at 48 kHz").isBetween(1_000_000, 2_700_000);
    }

    @ParameterizedTest
    @MethodSource("languagesAndRates")
    void shouldBeginAudiblyWithinThirtyMillisecondsAndEndSoonAfterTheLastSound(Language language, int rateHz) {
        PromptRecordings recordings = SpokenWords.recordings(language, rateHz);
        for (Prompt prompt : Prompt.values()) {
            float[] mono = SpokenWords.floats(recordings.of(prompt));
            float peak = 0;
            for (float value : mono) {
                peak = Math.max(peak, Math.abs(value));
            }
            int first = 0;
            while (Math.abs(mono[first]) < peak * AUDIBLE) {
                first++;
            }
            int last = mono.length - 1;
            while (Math.abs(mono[last]) < peak * AUDIBLE) {
                last--;
            }

            assertThat(first).as("%s begins", prompt).isLessThan(rateHz * 30 / 1000);
            assertThat(mono.length - last).as("%s ends", prompt).isLessThan(rateHz * 100 / 1000);
            // No click at either end.
            assertThat(Math.abs(mono[0])).isLessThan(peak / 1000);
            assertThat(Math.abs(mono[mono.length - 1])).isLessThan(peak / 1000);
        }
    }

    @ParameterizedTest
    @MethodSource("languagesAndRates")
    void shouldSayDifferentThingsInTheSameWayEachTime(Language language, int rateHz) {
        PromptRecordings recordings = SpokenWords.recordings(language, rateHz);
        PromptRecordings again = SpokenWords.recordings(language, rateHz);
        for (Prompt prompt : Prompt.values()) {
            assertThat(again.of(prompt)).isEqualTo(recordings.of(prompt));
            for (Prompt other : Prompt.values()) {
                if (other != prompt) {
                    assertThat(recordings.of(other)).isNotEqualTo(recordings.of(prompt));
                }
            }
        }
    }
}
