package dev.entrain.music.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.music.BeatGrid;
import dev.entrain.music.library.Suitability.Verdict;
import dev.entrain.music.library.Suitability.Walks;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuitabilityTest {
    private static final double LOUD = -14;

    @Test
    void shouldTakeASteadySongAndTellTheTempos() {
        Suitability suitability = Suitability.of(200, LOUD, grid(0.5, 100, 195, 4, 0.01, 0.9));
        assertThat(suitability).isEqualTo(new Suitability(Verdict.YES, List.of(), List.of(new Walks(88, 112, 1))));
    }

    @Test
    void shouldReachFastAndSlowSongsByHalfAndDoubleTempo() {
        assertThat(Suitability.of(200, LOUD, grid(0.5, 170, 195, 4, 0.01, 0.9)).walks())
                .containsExactly(new Walks(75, 95, 0.5));
        assertThat(Suitability.of(200, LOUD, grid(0.5, 50, 195, 4, 0.01, 0.9)).walks())
                .containsExactly(new Walks(88, 112, 2));
        assertThat(Suitability.of(200, LOUD, grid(0.5, 126, 195, 4, 0.01, 0.9)).walks())
                .containsExactly(new Walks(60, 70, 0.5), new Walks(111, 140, 1));
    }

    @Test
    void shouldRefuseATempoNobodyWalks() {
        assertNo(Suitability.of(200, LOUD, grid(0.5, 24, 60, 4, 0.01, 0.9)), "tempo out of reach");
    }

    @Test
    void shouldRefuseWhatHasNoSteadyBeat() {
        assertNo(Suitability.of(200, LOUD, BeatGrid.NONE), "no steady beat");
        assertNo(Suitability.of(200, LOUD, grid(0.5, 100, 195, 4, 0.01, 0.05)), "clarity 0.05");
        assertNo(Suitability.of(200, LOUD, grid(0.5, 100, 195, 4, 0.15, 0.9)), "vary by 15 %");
    }

    @Test
    void shouldRefuseSilenceAndScraps() {
        assertNo(Suitability.of(200, Double.NEGATIVE_INFINITY, BeatGrid.NONE), "silent");
        assertNo(Suitability.of(12, LOUD, grid(0.5, 100, 20, 4, 0.01, 0.9)), "too short: 12 s");
    }

    @Test
    void shouldSayWhatToThinkOf() {
        assertPartly(Suitability.of(200, LOUD, grid(0.5, 100, 195, 3, 0.01, 0.9)), "3/4 (waltz)");
        assertPartly(
                Suitability.of(200, LOUD, grid(30, 100, 195, 4, 0.01, 0.9)), "long beginning without a beat: 30 s");
        assertPartly(Suitability.of(200, -45, grid(0.5, 100, 180, 4, 0.01, 0.9)), "very quiet");
        assertPartly(Suitability.of(200, LOUD, grid(0.5, 100, 195, 4, 0.06, 0.9)), "tempo wanders");
    }

    private static void assertNo(Suitability suitability, String why) {
        assertThat(suitability.verdict()).isEqualTo(Verdict.NO);
        assertThat(suitability.reasons())
                .anySatisfy(reason -> assertThat(reason).contains(why));
        assertThat(suitability.walks()).isEmpty();
    }

    private static void assertPartly(Suitability suitability, String why) {
        assertThat(suitability.verdict()).isEqualTo(Verdict.PARTLY);
        assertThat(suitability.reasons())
                .anySatisfy(reason -> assertThat(reason).contains(why));
        assertThat(suitability.walks()).isNotEmpty();
    }

    private static BeatGrid grid(double firstS, double bpm, double untilS, int bar, double steadiness, double clarity) {
        double[] beats = new double[(int) ((untilS - firstS) * bpm / 60)];
        for (int i = 0; i < beats.length; i++) {
            beats[i] = firstS + i * 60 / bpm;
        }
        return new BeatGrid(beats, bar, 0, bpm, steadiness, clarity);
    }
}
