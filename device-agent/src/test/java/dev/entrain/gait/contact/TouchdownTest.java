package dev.entrain.gait.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TouchdownTest {
    private static final double USUAL_RADPS = 5;

    /** When the ground is met, s; swings peak 0.15 s earlier. */
    private static final double IMPACT_S = 1.0;

    @ParameterizedTest
    @ValueSource(doubles = {50, 100, 200, 400})
    void shouldTellTheTouchBetweenTheReversalAndTheImpact(double rateHz) {
        double reversalS = IMPACT_S - 0.02;
        double touchS = land(new Touchdown(), rateHz, reversalS, -USUAL_RADPS, true);
        assertThat(touchS).isBetween(reversalS, IMPACT_S + 0.5 / rateHz);
        assertThat(touchS).isCloseTo(IMPACT_S - 0.012, within(0.006 + 0.5 / rateHz));
    }

    @Test
    void shouldNotFollowAFootThatWasBrakedInTheAirFarBack() {
        double touchS = land(new Touchdown(), 100, IMPACT_S - 0.15, -USUAL_RADPS, true);
        assertThat(touchS).isCloseTo(IMPACT_S - 0.05, within(0.015));
    }

    @Test
    void shouldTellAFlatLandingAtItsBlow() {
        double touchS = land(new Touchdown(), 200, IMPACT_S + 0.03, -0.1 * USUAL_RADPS, true);
        assertThat(touchS).isCloseTo(IMPACT_S, within(0.006));
    }

    @Test
    void shouldTellASoftLandingByItsLobeAlone() {
        double touchS = land(new Touchdown(), 200, IMPACT_S - 0.02, -USUAL_RADPS, false);
        assertThat(touchS).isBetween(IMPACT_S - 0.02, IMPACT_S + 0.01);
    }

    @Test
    void shouldKnowAUsualLobeSoonAndNotAShallowOne() {
        Touchdown touchdown = new Touchdown();
        land(touchdown, 200, IMPACT_S - 0.02, -0.5 * USUAL_RADPS, true);
        assertThat(touchdown.isKnown(IMPACT_S + 0.1, 0, USUAL_RADPS)).isFalse();
        land(touchdown, 200, IMPACT_S - 0.02, -0.8 * USUAL_RADPS, true);
        assertThat(touchdown.isKnown(IMPACT_S + 0.02, -0.78 * USUAL_RADPS, USUAL_RADPS))
                .isFalse();
        assertThat(touchdown.isKnown(IMPACT_S + 0.02, -0.4 * USUAL_RADPS, USUAL_RADPS))
                .isTrue();
        assertThat(touchdown.isKnown(IMPACT_S + 0.06, -0.78 * USUAL_RADPS, USUAL_RADPS))
                .isTrue();
    }

    /** A foot brakes at the reversal, turns slowly until the impact, then quickly to the trough and back. */
    private static double land(
            Touchdown touchdown, double rateHz, double reversalS, double troughRadps, boolean strikes) {
        touchdown.clear();
        boolean started = false;
        for (int i = (int) (-0.2 * rateHz); i <= 0.06 * rateHz; i++) {
            double timeS = IMPACT_S + i / rateHz;
            double blow = strikes && i >= 0 ? 50 * Math.exp(-(timeS - IMPACT_S) / 0.01) : 0;
            touchdown.feel(timeS, blow, 0.1 * timeS, 9.81);
            if (timeS >= reversalS) {
                if (!started) {
                    started = true;
                    touchdown.start(reversalS, reversalS - 0.15);
                }
                double share = timeS < IMPACT_S ? 0.1 : Math.max(0, 1 - Math.abs(timeS - IMPACT_S - 0.005) / 0.04);
                touchdown.add(timeS, share * troughRadps);
            }
        }
        return touchdown.touchS(USUAL_RADPS);
    }
}
