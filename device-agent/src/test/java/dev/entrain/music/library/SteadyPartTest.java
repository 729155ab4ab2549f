package dev.entrain.music.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.music.BeatGrid;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SteadyPartTest {
    @Test
    void shouldLeaveOutGuessesBeforeAndAfterTheBand() {
        double[] beats = new double[140];
        for (int i = 0; i < beats.length; i++) {
            // 30 guesses that drift, 100 beats of 0.5 s from 20 s on, 10 guesses.
            beats[i] = i < 30 ? 20 - (30 - i) * (0.5 + 0.005 * (30 - i)) : 20 + (i - 30) * 0.5;
            beats[i] += i > 130 ? 0.02 * (i - 130) * (i - 130) : 0;
        }
        BeatGrid kept = SteadyPart.of(new BeatGrid(beats, 4, 2, 118, 0.15, 0.9));
        assertThat(kept.beatS(0)).isBetween(16.0, 20.0);
        assertThat(kept.beatS(kept.count() - 1)).isBetween(69.0, 71.5);
        assertThat(kept.bpm()).isEqualTo(120, within(0.01));
        assertThat(kept.steadiness()).isLessThan(0.03);
        int downbeat = kept.firstDownbeat();
        assertThat(beats[2 + 4 * 7]).isEqualTo(20);
        assertThat((20 - kept.beatS(downbeat)) / 0.5 % 4).isEqualTo(0, within(0.3));
    }

    @Test
    void shouldLeaveSteadyAndRubatoSongsAsTheyAre() {
        Random random = new Random(5);
        double[] steady = new double[100];
        double[] rubato = new double[100];
        for (int i = 1; i < 100; i++) {
            steady[i] = steady[i - 1] + 0.5 + 0.01 * random.nextGaussian();
            rubato[i] = rubato[i - 1] + 0.5 + 0.08 * Math.clamp(random.nextGaussian(), -2, 2);
        }
        BeatGrid even = new BeatGrid(steady, 4, 0, 120, 0.02, 0.9);
        BeatGrid free = new BeatGrid(rubato, 4, 0, 120, 0.16, 0.9);
        assertThat(SteadyPart.of(even)).isSameAs(even);
        assertThat(SteadyPart.of(free)).isSameAs(free);
        assertThat(SteadyPart.of(BeatGrid.NONE)).isSameAs(BeatGrid.NONE);
    }
}
