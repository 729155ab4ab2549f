package dev.entrain.audio.alsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.audio.AudioException;
import dev.entrain.health.Counter;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlsaOutputTest {
    private static final double MS = 1e6;

    /** What hardware may have fetched (2 periods), the fade, and the period until the loop wakes. */
    private static final double STOP_MS = (512 + 240 + 256) / 48.0;

    @TempDir
    static Path folder;

    @BeforeAll
    static void walk() throws IOException, InterruptedException {
        TestCards.run("play", folder);
    }

    @ParameterizedTest
    @CsvSource({
        "drifting, 48004.8, 2, 4, '48000 Hz, 32 bit, '",
        "stepping, 47996.16, 2, 2, '48000 Hz, 16 bit, '",
        "packed, 48000, 2, 3, '48000 Hz, 24 bit packed, '",
        "mono, 48000, 1, 2, '48000 Hz, 16 bit mono, '",
        "rate44, 44100.882, 2, 4, '44100 Hz, 32 bit, '",
        "unstamped, 48000, 2, 4, '48000 Hz, 32 bit, '"
    })
    void shouldPlayEveryCueOnTheFrameOfTheCardThatWasPlanned(
            String name, double rateHz, int channels, int bytes, String granted) throws IOException {
        CardHearing card = new CardHearing(folder, name, rateHz, channels, bytes);

        assertThat(card.report())
                .anyMatch(line -> line.startsWith("state PLAYING sound card '" + name + "' (" + granted));
        assertThat(card.onsets()).containsExactlyElementsOf(card.cueFrames()).isNotEmpty();
        assertThat(card.number("worst")).isLessThanOrEqualTo(1);
        assertThat(card.report()).contains("stopped true");
        if (card.count(Counter.UNDERRUNS) == 0) { // As it is unless the machine stood still for 43 ms.
            assertThat(card.count(Counter.CUES_LATE)).isZero();
            assertThat(card.cueFrames()).hasSize((int) card.number("planned"));
        }
        print(card, name);
    }

    @Test
    void shouldNotLetWithdrawnCueBeHeard() throws IOException {
        CardHearing card = new CardHearing(folder, "withdraw", 48_000, 2, 4);
        long withdrawn = card.number("withdrawn");

        assertThat(card.onsets()).containsExactlyElementsOf(card.cueFrames());
        assertThat(card.cues()).noneMatch(cue -> cue.id() == withdrawn);
        assertThat(card.cues()).anyMatch(cue -> cue.id() == withdrawn - 1).anyMatch(cue -> cue.id() == withdrawn + 1);
    }

    @ParameterizedTest
    @CsvSource({"silence", "stop"})
    void shouldBeExactlySilentSoonAfterSilenceAndTakeBackWhatWasGiven(String word) throws IOException {
        CardHearing card = new CardHearing(folder, word, 48_000, 2, 4);
        double saidNs = card.number(word);
        double quietNs = saidNs + STOP_MS * MS + card.number("stall");
        int heardLater = 0;
        for (int frame = 0; frame < card.heard().length / 2; frame++) {
            double ns = card.timeNs(frame);
            if (ns > quietNs && ns < saidNs + 600 * MS && card.heard()[2 * frame] != 0) {
                heardLater++;
            }
        }

        assertThat(heardLater).isZero();
        assertThat(card.count(Counter.CUES_UNHEARD)).isEqualTo(1);
        assertThat(card.onsets()).hasSize(card.cueFrames().size() - 1);
        System.out.printf(Locale.ROOT, "%s: silent by %.1f ms%n", word, (quietNs - saidNs) / MS);
    }

    @Test
    void shouldTellWhatToDoWhenThereIsNoSuchCard() {
        AlsaOpener opener = new AlsaOpener("entrain-no-such-card", NanoClock.SYSTEM);

        assertThatThrownBy(opener::open)
                .isInstanceOf(AudioException.class)
                .hasMessageStartingWith("There is no sound card 'entrain-no-such-card'.")
                .hasMessageContaining("aplay -L");
    }

    private static void print(CardHearing card, String name) {
        double worstUs = 0;
        for (CardHearing.Cue cue : card.cues()) {
            long frame = card.fileFrame(cue);
            if (frame >= 0) {
                worstUs = Math.max(worstUs, Math.abs(card.timeNs(frame) - cue.onsetNs()) / 1000);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %d cues, worst %.1f us, %s%n",
                name,
                card.cues().size(),
                worstUs,
                card.report().stream()
                        .filter(l -> l.startsWith("alloc") || l.startsWith("UNDER") || l.startsWith("stall"))
                        .toList());
    }
}
