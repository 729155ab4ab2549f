package dev.entrain.cuetest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.audio.OutputCalibration;
import dev.entrain.audio.OutputCalibration.OffsetSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TapJudgeTest {
    private static final long PERIOD_NS = TapSession.PERIOD_NS;
    private static final long START_NS = 77_000_000_000L;

    private final Random random = new Random(12);

    @ParameterizedTest
    @ValueSource(doubles = {-150, -60, 0, 120, 300, 449})
    void shouldFindHowFarFromTheBeatAPersonTaps(double meanMs) {
        TapResult result = judge(tapper(40, meanMs, 25));

        assertThat(result.refusal()).isEmpty();
        assertThat(result.medianMs()).isCloseTo(meanMs, within(15.0));
        assertThat(result.spreadMs()).isBetween(12.0, 40.0);
    }

    @Test
    void shouldLeaveOutTheFirstTapsThatStillLookForTheBeat() {
        List<Long> taps = tapper(40, -40, 15);
        for (int i = 0; i < TapJudge.FIRST; i++) {
            taps.set(i, taps.get(i) + 290_000_000L);
        }

        assertThat(judge(taps).medianMs()).isCloseTo(-40, within(10.0));
    }

    @Test
    void shouldBearMissesAndCountDoubleTaps() {
        List<Long> taps = tapper(50, 150, 20);
        taps.removeIf(tap -> random.nextDouble() < 0.25);
        List<Long> bounced = new ArrayList<>(taps);
        for (int i = 0; i < taps.size(); i += 5) {
            bounced.add(taps.get(i) + 60_000_000L);
        }
        Collections.sort(bounced);
        TapResult result = judge(bounced);

        assertThat(result.medianMs()).isCloseTo(150, within(12.0));
        assertThat(result.doubles()).isEqualTo((taps.size() + 4) / 5);
    }

    @Test
    void shouldBearASneezeOrThree() {
        List<Long> taps = tapper(40, -30, 15);
        for (int i = 10; i < 40; i += 12) {
            taps.set(i, taps.get(i) + 310_000_000L);
        }

        assertThat(judge(taps).medianMs()).isCloseTo(-30, within(10.0));
    }

    @Test
    void shouldUnderstandWhoTapsEverySecondBeat() {
        List<Long> taps = tapper(60, 90, 20);
        List<Long> half = new ArrayList<>();
        for (int i = 0; i < taps.size(); i += 2) {
            half.add(taps.get(i));
        }

        assertThat(judge(half).medianMs()).isCloseTo(90, within(12.0));
    }

    @Test
    void shouldRefuseWhoAlsoTapsBetweenTheBeats() {
        List<Long> taps = tapper(40, 0, 15);
        taps.addAll(tapper(40, 375, 15));
        Collections.sort(taps);

        assertThat(judge(taps).refusal()).contains("between them", "Tap once");
    }

    @Test
    void shouldRefuseWhoHasATempoOfHisOwn() {
        List<Long> taps = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            taps.add(START_NS + i * 690_000_000L);
        }

        assertThat(judge(taps).refusal()).contains("do not follow");
    }

    @Test
    void shouldRefuseWhoRunsAwaySlowly() {
        List<Long> taps = tapper(40, 0, 10);
        for (int i = 0; i < taps.size(); i++) {
            taps.set(i, taps.get(i) - i * 3_000_000L);
        }

        assertThat(judge(taps).refusal()).contains("ran away");
    }

    @Test
    void shouldRefuseTooFewAndTooUnevenTaps() {
        assertThat(judge(tapper(20, 0, 10)).refusal()).contains("only 16 taps");
        assertThat(judge(tapper(60, 0, 75)).refusal()).contains("too uneven", "spread");
        assertThat(judge(List.of()).refusal()).contains("only 0 taps");
    }

    @ParameterizedTest
    @CsvSource({"-20, 10", "-50, 20", "-80, 35"})
    void shouldTakeAPersonsHabitAndKeyboardOutByAReference(double aheadMs, double keyboardMs) {
        TapResult wired = judge(tapper(40, aheadMs + keyboardMs + 1, 20));
        TapResult wireless = judge(tapper(40, aheadMs + keyboardMs + 183, 20));
        EarEstimate estimate = EarEstimate.against(wireless, wired, OutputCalibration.NONE);

        assertThat(estimate.offsetMs()).isCloseTo(183, within(15.0));
        assertThat(estimate.spreadMs()).isBetween(10.0, 16.0);
        assertThat(estimate.possible()).isTrue();
    }

    @Test
    void shouldTellHowUncertainTapsAloneAre() {
        EarEstimate wireless = EarEstimate.alone(judge(tapper(40, -50 + 20 + 183, 20)));
        EarEstimate wired = EarEstimate.alone(judge(tapper(40, -20, 20)));

        assertThat(wireless.offsetMs()).isCloseTo(183, within(12.0));
        assertThat(wireless.spreadMs()).isBetween(33.0, 40.0);
        assertThat(wireless.usableMs()).isEqualTo(wireless.offsetMs());
        assertThat(wired.usableMs()).isZero();
    }

    @Test
    void shouldCountOnWhatIsKnownOfTheReferenceAndRefuseTheImpossible() {
        OutputCalibration known = OutputCalibration.NONE.withOffset(40, OffsetSource.LOOPBACK, 0.1);
        TapResult same = judge(tapper(40, -30, 15));

        assertThat(EarEstimate.against(same, same, known).offsetMs()).isEqualTo(40);
        assertThat(EarEstimate.alone(judge(tapper(40, 490, 15))).possible()).isFalse();
        assertThat(EarEstimate.alone(judge(tapper(40, -150, 15))).possible()).isFalse();
    }

    private List<Long> tapper(int beats, double meanMs, double jitterMs) {
        List<Long> taps = new ArrayList<>();
        for (int beat = 0; beat < beats; beat++) {
            double lagMs = meanMs + jitterMs * random.nextGaussian();
            taps.add(START_NS + beat * PERIOD_NS + Math.round(lagMs * 1e6));
        }
        return taps;
    }

    private static TapResult judge(List<Long> taps) {
        return TapJudge.judge(
                START_NS, PERIOD_NS, taps.stream().mapToLong(Long::longValue).toArray());
    }
}
