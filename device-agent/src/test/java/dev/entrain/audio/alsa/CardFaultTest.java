package dev.entrain.audio.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.health.Counter;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every fault of a card, planted while it plays: it ends in sound on the exact frames again. */
class CardFaultTest {
    private static final double MS = 1e6;

    @TempDir
    static Path folder;

    @BeforeAll
    static void walk() throws IOException, InterruptedException {
        TestCards.run("faults", folder);
    }

    @Test
    void shouldPlayOnAfterTheCardRanDry() throws IOException {
        CardHearing card = hear("xrun");

        assertThat(card.count(Counter.UNDERRUNS)).isPositive();
        assertThat(card.count(Counter.AUDIO_REOPENED)).isZero();
        assertExactAgain(card, lastPlanted(card, "xrun"));
    }

    @Test
    void shouldPlayOnWhenTheCardIsPluggedInAgain() throws IOException {
        CardHearing card = hear("unplug");

        assertThat(card.count(Counter.AUDIO_REOPENED)).isEqualTo(1);
        assertThat(card.count(Counter.CUES_LATE)).isPositive();
        assertThat(card.report())
                .anyMatch(line -> line.startsWith("state WAITING Sound card 'unplug' is not there. Plug it in;"));
        assertExactAgain(card, lastPlanted(card, "refuse"));
    }

    @ParameterizedTest
    @CsvSource({"suspend", "resume"})
    void shouldPlayOnAfterTheCardSlept(String name) throws IOException {
        CardHearing card = hear(name);

        assertThat(card.count(Counter.AUDIO_STALLS)).isPositive();
        assertExactAgain(card, lastPlanted(card, "suspend"));
    }

    @Test
    void shouldWaitForBusyCardAndSayWhatToDo() throws IOException {
        CardHearing card = hear("busy");

        assertThat(card.report())
                .anyMatch(line -> line.startsWith("state WAITING Sound card 'busy' is in use by another program. "));
        assertExactAgain(card, lastPlanted(card, "refuse"));
    }

    @Test
    void shouldThrowAwayWhatIsStaleAfterTheCardStoodStill() throws IOException {
        CardHearing card = hear("stall");

        assertThat(card.count(Counter.AUDIO_STALLS)).isPositive();
        assertThat(card.count(Counter.AUDIO_REOPENED)).isZero();
        assertExactAgain(card, lastPlanted(card, "stall") + 250 * MS);
    }

    @Test
    void shouldFindTheBeatAgainAfterHiccup() throws IOException {
        CardHearing card = hear("hiccup");

        assertThat(card.count(Counter.AUDIO_REANCHORS) + card.count(Counter.UNDERRUNS))
                .isPositive();
        assertExactAgain(card, lastPlanted(card, "stall") + 250 * MS);
    }

    @Test
    void shouldOpenCardAgainThatHangs() throws IOException {
        CardHearing card = hear("hang");

        assertThat(card.count(Counter.AUDIO_REOPENED)).isEqualTo(1);
        assertThat(card.report()).anyMatch(line -> line.contains("takes no sound any more"));
        assertExactAgain(card, lastPlanted(card, "stall") + 1500 * MS);
    }

    @Test
    void shouldTryAgainWhenTheCardDoesNotStart() throws IOException {
        CardHearing card = hear("start");

        assertThat(card.report()).anyMatch(line -> line.contains("does not start"));
        assertExactAgain(card, lastPlanted(card, "start"));
    }

    private static CardHearing hear(String name) throws IOException {
        return new CardHearing(folder, name, 48_000, 2, 4);
    }

    private static double lastPlanted(CardHearing card, String fault) {
        double ns = 0;
        for (String line : card.report()) {
            if (line.startsWith("planted " + fault + " ")) {
                ns = Double.parseDouble(line.split(" ", -1)[2]);
            }
        }
        return ns;
    }

    /** Every cue the program says was given and that the card played is on its frame, and its frame in its time. */
    private static void assertExactAgain(CardHearing card, double sinceNs) {
        Condition<CardHearing.Cue> later = new Condition<>(cue -> cue.onsetNs() > sinceNs, "after the fault");
        Condition<CardHearing.Cue> inTime = new Condition<>(
                cue -> card.fileFrame(cue) >= 0 && Math.abs(card.timeNs(card.fileFrame(cue)) - cue.onsetNs()) < MS,
                "heard within 1 ms of its moment");

        assertThat(card.onsets()).containsExactlyElementsOf(card.cueFrames());
        assertThat(card.cues()).haveAtLeast(2, later);
        assertThat(card.cues()).filteredOn(later).are(inTime);
        assertThat(card.report()).contains("stopped true");
    }
}
