package dev.entrain.audio.alsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.AudioException;
import dev.entrain.audio.Language;
import dev.entrain.audio.SpokenWords;
import dev.entrain.cue.Prompt;
import dev.entrain.health.Counter;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlsaOutputTest {
    private static final double MS = 1e6;

    /** What hardware may have fetched (2 periods), the fade, and the period until the loop wakes. */
    private static final double STOP_MS = (512 + 240 + 256) / 48.0;

    /** A buffer, the fade, and the period until the loop wakes. */
    private static final double LAST_GIVEN_MS = (2048 + 240 + 256) / 48.0;

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
        double shiftNs = name.equals("unstamped") ? -CardScenario.OWN_TIME_NS : 0;

        assertThat(card.report())
                .anyMatch(line -> line.startsWith("state PLAYING sound card '" + name + "' (" + granted));
        assertThat(card.onsets()).containsExactlyElementsOf(card.cueFrames()).isNotEmpty();
        assertThat(card.number("worst")).isLessThanOrEqualTo(1);
        assertThat(card.report()).contains("stopped true");
        if (card.count(Counter.UNDERRUNS) == 0) { // As it is unless the machine stood still for 43 ms.
            assertThat(card.count(Counter.CUES_LATE)).isZero();
            assertThat(card.cueFrames()).hasSize((int) card.number("planned"));
            assertThat(card.cues()).allMatch(cue -> Math.abs(card.lateNs(cue) - shiftNs) < MS);
        }
    }

    @Test
    void shouldNotLetWithdrawnCueBeHeard() throws IOException {
        CardHearing card = new CardHearing(folder, "withdraw", 48_000, 2, 4);
        long withdrawn = card.number("withdrawn");

        assertThat(card.onsets()).containsExactlyElementsOf(card.cueFrames());
        assertThat(card.cues()).noneMatch(cue -> cue.id() == withdrawn);
        List<CardHearing.Cue> neighbours = card.cues().stream()
                .filter(cue -> Math.abs(cue.id() - withdrawn) == 1)
                .toList();
        assertThat(neighbours).hasSize(2);
        assertThat(card.loudFrames(
                        neighbours.getFirst().onsetNs() + 100 * MS,
                        neighbours.getLast().onsetNs() - MS))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"silence", "silenceInSteps", "stop"})
    void shouldBeExactlySilentSoonAfterSilenceAndTakeBackWhatWasGiven(String word) throws IOException {
        CardHearing card = new CardHearing(folder, word, 48_000, 2, 4);
        double saidNs = card.number(word.startsWith("silence") ? "silence" : word);
        double quietNs = saidNs + STOP_MS * MS + card.number("stall");
        CardHearing.Cue given = card.cues().stream()
                .filter(cue -> cue.id() == card.number("given"))
                .findFirst()
                .orElseThrow();

        assertThat(card.loudFrames(quietNs, saidNs + 600 * MS)).isZero();
        if (given.onsetNs() > quietNs) { // As it is unless the machine held one of the threads up.
            assertThat(card.count(Counter.CUES_UNHEARD)).isEqualTo(1);
            assertThat(card.onsets()).hasSize(card.cueFrames().size() - 1);
        }
    }

    @Test
    void shouldTakeNothingBackFromDeviceThatHasSentItOn() throws IOException {
        CardHearing card = new CardHearing(folder, "pulse", 48_000, 2, 4);
        double saidNs = card.number("silence");

        assertThat(card.count(Counter.CUES_UNHEARD)).isZero();
        assertThat(card.onsets()).containsExactlyElementsOf(card.cueFrames());
        assertThat(card.loudFrames(saidNs + LAST_GIVEN_MS * MS + card.number("stall"), saidNs + 600 * MS))
                .isZero();
    }

    @Test
    void shouldLetWordsBeHeardOverBeatsThatStayOnTheirFrames() throws IOException {
        CardHearing card = new CardHearing(folder, "words", 48_002.88, 2, 4);
        float[] heard = SpokenWords.left(card.heard());
        float[] words = SpokenWords.of(Language.EN, Prompt.BATTERY_LOW, 48_000);
        SpokenWords.Found found = SpokenWords.find(heard, words);

        assertThat(card.count(Counter.PROMPTS)).isEqualTo(1);
        if (card.count(Counter.UNDERRUNS) == 0) { // As it is unless the machine stood still for 43 ms.
            assertThat(found.correlation()).isGreaterThan(0.85); // The beats are in it, too.
            for (Prompt other : new Prompt[] {Prompt.WALK, Prompt.SOUND_BACK, Prompt.LEVEL_LOWERED}) {
                assertThat(SpokenWords.find(heard, SpokenWords.of(Language.EN, other, 48_000))
                                .correlation())
                        .as("%s", other)
                        .isLessThan(0.5);
            }
            float level = (float) Math.pow(10, AudioConfig.DEFAULT.levelDbfs() / 20);
            int under = 0;
            for (long beat : card.cueFrames()) {
                int into = (int) beat - found.frame();
                boolean inWords = into > 0 && into < words.length;
                under += inWords ? 1 : 0;
                // Without the words nothing sounds until the beat's own first frame, which never is 0.
                float at = inWords ? words[into] * level : 0;
                float before = inWords ? words[into - 1] * level : 0;
                assertThat(heard[(int) beat - 1] - before).as("before %d", beat).isBetween(-1e-6f, 1e-6f);
                assertThat(Math.abs(heard[(int) beat] - at)).as("at %d", beat).isGreaterThan(1e-4f);
            }
            assertThat(under).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void shouldTellWhatToDoWhenThereIsNoSuchCard() {
        AlsaOpener opener = new AlsaOpener("entrain-no-such-card", NanoClock.SYSTEM);

        assertThatThrownBy(opener::open)
                .isInstanceOf(AudioException.class)
                .hasMessageStartingWith("There is no sound card 'entrain-no-such-card'.")
                .hasMessageContaining("aplay -L");
    }
}
