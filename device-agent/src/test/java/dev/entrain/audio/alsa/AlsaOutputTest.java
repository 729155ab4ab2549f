package dev.entrain.audio.alsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.audio.AudioException;
import dev.entrain.audio.Onsets;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlsaOutputTest {
    /** A longer run for measuring, by hand: {@code -Dentrain.card.seconds=20}. */
    private static final int SECONDS = Integer.getInteger("entrain.card.seconds", 4);

    @TempDir
    Path folder;

    @ParameterizedTest
    @Timeout(120)
    @CsvSource({"100, 1, true", "-80, 480, false"})
    void shouldPlaceEveryCueOnTheFrameOfTheCardThatWasPlanned(double ppm, int stepFrames, boolean wide)
            throws IOException, InterruptedException {
        TestCard card = new TestCard(folder, ppm, stepFrames, wide);
        List<String> report = card.play(SECONDS);
        List<Long> frames = new ArrayList<>();
        List<Double> errorsUs = new ArrayList<>();
        for (String line : report) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("cue")) {
                frames.add(Long.parseLong(words[2]));
                errorsUs.add(Math.abs(card.trueTimeNs(Long.parseLong(words[2])) - Long.parseLong(words[3])) / 1000);
            }
        }
        print(ppm, stepFrames, report, errorsUs);

        assertThat(Onsets.of(card.heard())).containsExactlyElementsOf(frames);
        assertThat(frames).isNotEmpty();
        assertThat(report).contains("stopped true");
        if (report.contains("underruns 0")) { // As it is unless the machine stood still for 43 ms.
            assertThat(report).contains("late 0", "scheduled " + frames.size());
        }
    }

    @Test
    @Timeout(60)
    void shouldComeBackAfterTheCardRanDryAndSayWhatWasGranted() throws IOException, InterruptedException {
        assertThat(new TestCard(folder, 0, 1, true).play(0))
                .containsExactly(
                        "granted sound card 'card' (48000 Hz, 32 bit, period 256, buffer 2048 frames)",
                        "event READY",
                        "event UNDERRUN",
                        "recovered true",
                        "event READY");
    }

    @Test
    void shouldTellWhatToDoWhenThereIsNoSuchCard() {
        AlsaOpener opener = new AlsaOpener("entrain-no-such-card", NanoClock.SYSTEM);

        assertThatThrownBy(opener::open)
                .isInstanceOf(AudioException.class)
                .hasMessageStartingWith("There is no sound card 'entrain-no-such-card'.")
                .hasMessageContaining("aplay -L");
    }

    private static void print(double ppm, int stepFrames, List<String> report, List<Double> errorsUs) {
        if (SECONDS > 4) {
            Collections.sort(errorsUs);
            System.out.printf(
                    "ALSA ppm %.0f step %d: %d cues, |error| p50 %.1f p99 %.1f max %.1f us; %s%n",
                    ppm,
                    stepFrames,
                    errorsUs.size(),
                    errorsUs.get(errorsUs.size() / 2),
                    errorsUs.get(errorsUs.size() * 99 / 100),
                    errorsUs.getLast(),
                    report.subList(report.size() - 8, report.size()));
        }
    }
}
