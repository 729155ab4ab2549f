package dev.entrain.gait.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.gait.predict.ContactPredictor.Source;
import org.junit.jupiter.api.Test;

/** A predictor told the moments of a perfectly even walk: strides of 1.1 s, swings of 0.4 s. */
class ContactPredictorTest {
    private static final double STRIDE_S = 1.1;
    private static final double SWING_S = 0.4;
    private static final double RATE_HZ = 100;

    private final ContactPredictor predictor = new ContactPredictor();
    private double nowS;

    /** Moves on to a time; in swing the rate is a half sine. */
    private int advanceTo(double timeS, double leftS) {
        int told = 0;
        while (nowS + 1 / RATE_HZ <= timeS) {
            nowS += 1 / RATE_HZ;
            double share = (nowS - leftS) / SWING_S;
            double rate = share > 0 && share < 1 ? 5 * Math.sin(Math.PI * share) : 0;
            told += predictor.advance(nowS, rate, rate) ? 1 : 0;
        }
        return told;
    }

    private void stride(double fromS, boolean contactFound) {
        advanceTo(fromS + STRIDE_S / 2, Double.NaN);
        predictor.happened(Source.OTHER_CONTACT, fromS + STRIDE_S / 2);
        double leftS = fromS + STRIDE_S - SWING_S;
        advanceTo(leftS + 0.08, leftS);
        predictor.happened(Source.FINAL_CONTACT, leftS);
        advanceTo(fromS + STRIDE_S - 0.01, leftS);
        if (contactFound) {
            predictor.happened(Source.SWING_END, fromS + STRIDE_S - 0.01);
            advanceTo(fromS + STRIDE_S + 0.05, leftS);
            predictor.contact(fromS + STRIDE_S);
        } else {
            predictor.swingRevoked();
        }
    }

    private double walk(int strides) {
        predictor.contact(0);
        for (int i = 0; i < strides; i++) {
            stride(i * STRIDE_S, true);
        }
        return strides * STRIDE_S;
    }

    @Test
    void shouldSayNothingBeforeAWholeStrideWasSeen() {
        assertThat(predictor.contact(5)).isFalse();
        assertThat(predictor.expectedS()).isNaN();
        assertThat(predictor.happened(Source.OTHER_CONTACT, 5.5)).isFalse();
    }

    @Test
    void shouldExpectAnEvenWalkersContactExactly() {
        double lastS = walk(6);
        assertThat(predictor.expectedS()).isCloseTo(lastS + STRIDE_S, within(1e-9));
        assertThat(predictor.strideS()).isCloseTo(STRIDE_S, within(1e-9));
        assertThat(predictor.swingS()).isCloseTo(SWING_S, within(1e-9));
        assertThat(predictor.halfWidthS()).isLessThan(0.06);
    }

    @Test
    void shouldNotLetAMissedContactPolluteWhatIsKnown() {
        double lastS = walk(8);
        stride(lastS, false);
        stride(lastS + STRIDE_S, true);
        double knownS = lastS + 2 * STRIDE_S;
        assertThat(predictor.expectedS()).isCloseTo(knownS + STRIDE_S, within(0.03));
        advanceTo(knownS + STRIDE_S - SWING_S + 0.08, Double.NaN);
        predictor.happened(Source.FINAL_CONTACT, knownS + STRIDE_S - SWING_S);
        assertThat(predictor.expectedS()).isCloseTo(knownS + STRIDE_S, within(1e-9));
    }

    @Test
    void shouldPutOffAFootThatStaysOnTheGroundAndThenFallSilent() {
        double lastS = walk(6);
        int told = advanceTo(lastS + 1.4, Double.NaN);
        assertThat(predictor.expectedS()).isGreaterThan(nowS + 0.5 * SWING_S);
        assertThat(told).isBetween(2, 8);
        assertThat(advanceTo(lastS + 60, Double.NaN)).isLessThanOrEqualTo(8);
        assertThat(predictor.expectedS()).isLessThan(lastS + 5);
    }

    @Test
    void shouldExpectAFootThatTurnsOnTheGroundSoonerThanOneThatRests() {
        double lastS = walk(6);
        double movesS = lastS + STRIDE_S - 0.5 * SWING_S;
        advanceTo(movesS, Double.NaN);
        double restingS = predictor.expectedS() - nowS;
        while (nowS < movesS + SWING_S) {
            nowS += 1 / RATE_HZ;
            predictor.advance(nowS, 0, 3);
        }
        assertThat(restingS).isGreaterThan(SWING_S);
        assertThat(predictor.expectedS() - nowS).isBetween(0.5 * SWING_S, 0.9 * SWING_S);
    }

    @Test
    void shouldExpectAFootThatSwingsOnNoSoonerThanItsRateAllows() {
        double lastS = walk(6);
        double leftS = lastS + STRIDE_S - SWING_S;
        advanceTo(leftS + 0.08, leftS);
        predictor.happened(Source.FINAL_CONTACT, leftS);
        while (nowS < leftS + SWING_S) {
            nowS += 1 / RATE_HZ;
            predictor.advance(nowS, 5, 5);
        }
        assertThat(predictor.expectedS() - nowS).isBetween(0.25 * SWING_S, 0.36 * SWING_S);
    }

    @Test
    void shouldReturnToTheEarlierBeliefWhenASwingCameToNothing() {
        double lastS = walk(6);
        advanceTo(lastS + 0.3, Double.NaN);
        double beforeS = predictor.expectedS();
        predictor.happened(Source.FINAL_CONTACT, lastS + 0.25);
        assertThat(predictor.expectedS()).isCloseTo(lastS + 0.25 + SWING_S, within(1e-9));
        predictor.swingRevoked();
        assertThat(predictor.expectedS()).isEqualTo(beforeS);
    }

    @Test
    void shouldBeLessSureOfASwingThatBeginsAtAnOddTime() {
        double lastS = walk(10);
        double leftS = lastS + STRIDE_S - SWING_S;
        advanceTo(leftS + 0.08, leftS);
        predictor.happened(Source.FINAL_CONTACT, leftS);
        double usualS = predictor.halfWidthS();
        predictor.swingRevoked();
        predictor.happened(Source.FINAL_CONTACT, leftS + 0.1);
        assertThat(predictor.halfWidthS()).isGreaterThan(1.5 * usualS);
    }
}
