package dev.entrain.music.beat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.music.BeatGrid;
import dev.entrain.noise.SeededNoise;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tracker owes, on small sounds made here. How it does on music is measured by deploy/beat-eval. */
class BeatTrackerTest {
    private static final int RATE_HZ = 22_050;

    @ParameterizedTest
    @ValueSource(doubles = {60, 90, 120, 180})
    void shouldFindSteadyBeatsToThreeMilliseconds(double bpm) {
        BeatBand band = new BeatBand(RATE_HZ, 30, t -> bpm);
        BeatGrid grid = found(band.drums(), RATE_HZ);
        assertFound(band.beatsS(), grid, 0.003);
        assertThat(grid.bpm()).isCloseTo(bpm, within(0.5));
        assertThat(grid.steadiness()).isLessThan(0.01);
        assertThat(grid.clarity()).isGreaterThan(0.8);
    }

    @Test
    void shouldFollowADriftOfFourPercent() {
        BeatBand band = new BeatBand(RATE_HZ, 60, t -> 100 * (1 + 0.04 * Math.sin(2 * Math.PI * t / 30)));
        BeatGrid grid = found(band.drums(), RATE_HZ);
        assertFound(band.beatsS(), grid, 0.003);
        assertThat(grid.steadiness()).isCloseTo(0.028, within(0.005));
    }

    @ParameterizedTest
    @CsvSource({"8000", "16000", "44100", "48000", "96000"})
    void shouldFindTheSameAtAnyRate(int rateHz) {
        BeatBand band = new BeatBand(rateHz, 20, t -> 110);
        assertFound(band.beatsS(), found(band.drums(), rateHz), 0.003);
    }

    @Test
    void shouldNotCareHowLoudTheSoundIs() {
        BeatBand band = new BeatBand(RATE_HZ, 20, t -> 110);
        float[] quiet = band.drums();
        for (int i = 0; i < quiet.length; i++) {
            quiet[i] *= 0.02f;
        }
        assertFound(band.beatsS(), found(quiet, RATE_HZ), 0.003);
    }

    @Test
    void shouldNotCareInWhichPiecesItIsFed() {
        float[] sound = new BeatBand(RATE_HZ, 12, t -> 96).drums();
        BeatTracker pieces = new BeatTracker(RATE_HZ);
        for (int at = 0; at < sound.length; at += 777) {
            int count = Math.min(777, sound.length - at);
            pieces.feed(Arrays.copyOfRange(sound, at, at + count), count);
        }
        assertThat(pieces.finish()).isEqualTo(found(sound, RATE_HZ));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void shouldKnowTheBar(int beatsPerBar) {
        BeatBand band = new BeatBand(RATE_HZ, 40, t -> 108);
        BeatGrid grid = found(band.drumsAndChords(beatsPerBar), RATE_HZ);
        assertFound(band.beatsS(), grid, 0.004);
        assertThat(grid.beatsPerBar()).isEqualTo(beatsPerBar);
        double firstS = grid.beatS(grid.firstDownbeat());
        double[] known = band.beatsS();
        int nearest = 0;
        for (int i = 0; i < known.length; i++) {
            nearest = Math.abs(known[i] - firstS) < Math.abs(known[nearest] - firstS) ? i : nearest;
        }
        assertThat(nearest % beatsPerBar).isZero();
    }

    @Test
    void shouldFindNothingInSilence() {
        assertThat(found(new float[20 * RATE_HZ], RATE_HZ)).isEqualTo(BeatGrid.NONE);
        assertThat(new BeatTracker(RATE_HZ).finish()).isEqualTo(BeatGrid.NONE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldFindNoiseUnclear(long seed) {
        SeededNoise noise = new SeededNoise(seed, 0);
        float[] sound = new float[30 * RATE_HZ];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (float) (0.1 * noise.gaussian());
        }
        assertThat(found(sound, RATE_HZ).clarity()).isLessThan(0.05);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldFindBeatsAtRandomTimesUnclear(long seed) {
        // As syllables come: some 4 a second, none when the last would tell.
        SeededNoise noise = new SeededNoise(seed, 0);
        float[] sound = new float[40 * RATE_HZ];
        double timeS = 0.3;
        while (timeS < 39) {
            BeatBand.drum(sound, RATE_HZ, timeS, 150 + 200 * noise.uniform(), 0.3 * noise.uniform());
            timeS += noise.uniform(0.1, 0.45);
        }
        assertThat(found(sound, RATE_HZ).clarity()).isLessThan(0.25);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.5, 2.5, 5})
    void shouldTakeVeryShortSounds(double lengthS) {
        BeatGrid grid = found(new BeatBand(RATE_HZ, lengthS, t -> 120).drums(), RATE_HZ);
        assertThat(grid.count()).isLessThanOrEqualTo((int) (2 * lengthS) + 1);
    }

    @Test
    void shouldTakeWhatIsNoNumberForSilence() {
        BeatBand band = new BeatBand(RATE_HZ, 20, t -> 110);
        float[] sound = band.drums();
        sound[RATE_HZ] = Float.NaN;
        sound[2 * RATE_HZ] = Float.POSITIVE_INFINITY;
        assertFound(band.beatsS(), found(sound, RATE_HZ), 0.003);
    }

    @Test
    void shouldRefuseRatesItCannotHear() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BeatTracker(3999));
        assertThatIllegalArgumentException().isThrownBy(() -> new BeatTracker(400_000));
    }

    @Test
    void shouldBeAskedOnce() {
        BeatTracker tracker = new BeatTracker(RATE_HZ);
        tracker.finish();
        assertThatIllegalStateException().isThrownBy(tracker::finish);
        assertThatIllegalStateException().isThrownBy(() -> tracker.feed(new float[1], 1));
    }

    private static BeatGrid found(float[] sound, int rateHz) {
        BeatTracker tracker = new BeatTracker(rateHz);
        tracker.feed(sound, sound.length);
        return tracker.finish();
    }

    /** Every known beat is found, the middle error and 95 % of all within a bound, and no more than one extra at either end. */
    private static void assertFound(double[] knownS, BeatGrid grid, double withinS) {
        assertThat(grid.count()).isBetween(knownS.length - 1, knownS.length + 2);
        double[] errors = new double[knownS.length];
        for (int i = 0; i < knownS.length; i++) {
            errors[i] = 9;
            for (int k = 0; k < grid.count(); k++) {
                errors[i] = Math.min(errors[i], Math.abs(grid.beatS(k) - knownS[i]));
            }
        }
        Arrays.sort(errors);
        assertThat(errors[(int) (0.95 * (errors.length - 1))]).isLessThan(withinS);
    }
}
