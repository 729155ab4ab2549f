package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AuditionTest {
    private final FakeCard card = new FakeCard(new SimulatedCard(1_000_000_000L, 0, 1, 1));
    private final Audition audition = new Audition(SimulatedCard.RATE_HZ, Loudness.UNKNOWN);

    @Test
    void shouldHoldFourSoundsOfATimbreWithPausesBetween() {
        audition.addCues(Timbre.CLICK, AudioConfig.DEFAULT);
        audition.addCues(Timbre.DRUM, AudioConfig.DEFAULT);

        assertThat(audition.sounds())
                .extracting(sound -> sound.name() + " " + sound.foot() + " " + sound.form())
                .containsExactly(
                        "click left beat",
                        "click right beat",
                        "click left accent",
                        "click right accent",
                        "drum left beat",
                        "drum right beat",
                        "drum left accent",
                        "drum right accent");
        assertThat(Onsets.of(audition.stereo())).hasSize(8);
    }

    @Test
    void shouldPlayToTheEndAndNotBeyond() throws AudioException {
        audition.addCues(Timbre.WOOD, AudioConfig.DEFAULT);
        float[] stereo = audition.stereo();
        Audition.play(stereo, card, () -> false);

        assertThat(card.kept()).startsWith(stereo).hasSize(stereo.length + 2 * FakeCard.BUFFER);
    }

    @Test
    void shouldGoOnAfterABreak() throws AudioException {
        audition.addCues(Timbre.WOOD, AudioConfig.DEFAULT);
        float[] stereo = audition.stereo();
        card.underrunAt = 20;
        Audition.play(stereo, card, () -> false);

        assertThat(Arrays.mismatch(card.kept(), 0, stereo.length, stereo, 0, stereo.length))
                .isEqualTo(-1);
    }

    @Test
    void shouldEndWhenAsked() throws AudioException {
        audition.addCues(Timbre.WOOD, AudioConfig.DEFAULT);
        Audition.play(audition.stereo(), card, () -> true);

        assertThat(card.kept()).hasSize(2 * FakeCard.BUFFER);
    }

    @Test
    void shouldSayWhatIsWrongWhenTheCardFails() {
        audition.addCues(Timbre.WOOD, AudioConfig.DEFAULT);
        card.failAt = 10;
        assertThatThrownBy(() -> Audition.play(audition.stereo(), card, () -> false))
                .isInstanceOf(AudioException.class)
                .hasMessage("The test card was pulled. Plug it in.");

        FakeCard stalled = new FakeCard(new SimulatedCard(0, 0, 1, 1));
        stalled.stallAt = 1;
        assertThatThrownBy(() -> {
                    stalled.open();
                    Audition.play(audition.stereo(), stalled, () -> false);
                })
                .isInstanceOf(AudioException.class);
    }
}
