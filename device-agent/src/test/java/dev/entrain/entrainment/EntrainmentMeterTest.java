package dev.entrain.entrainment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntrainmentMeterTest {
    private static final long PERIOD_NS = 500_000_000L;

    private final EntrainmentMeter meter = new EntrainmentMeter();

    @Test
    void shouldTellWhereStepsLieToTheBeat() {
        for (int i = 0; i < 100; i++) {
            long asynchronyNs = i % 2 == 0 ? -60_000_000L : -20_000_000L;
            meter.onStep(i * PERIOD_NS + asynchronyNs, true, asynchronyNs, PERIOD_NS);
        }

        assertThat(meter.asynchronyMs()).isEqualTo(-40, within(1e-9));
        assertThat(meter.asynchronySdMs()).isEqualTo(20.32, within(0.01));
        assertThat(meter.relativePhaseRad()).isEqualTo(-2 * Math.PI * 40 / 500, within(1e-9));
        assertThat(meter.resultantLength()).isEqualTo(Math.cos(2 * Math.PI * 20 / 500), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-4, -1, 0, 2, 5})
    void shouldTellTheTempoAgainstTheBeatAlsoThroughHalfAPeriod(double fasterPct) {
        for (int i = 0; i < 200; i++) {
            long timeNs = Math.round(i * PERIOD_NS / (1 + fasterPct / 100));
            long asynchronyNs = timeNs - Math.round((double) timeNs / PERIOD_NS) * PERIOD_NS;
            meter.onStep(timeNs, true, asynchronyNs, PERIOD_NS);
        }

        assertThat(meter.tempoAccuracyPct()).isEqualTo(fasterPct, within(1e-6));
    }

    @Test
    void shouldSayNothingOfFewStepsOrAfterARest() {
        for (int i = 0; i < 9; i++) {
            meter.onStep(i * PERIOD_NS, true, 0, PERIOD_NS);
        }
        meter.onStep(9 * PERIOD_NS, false, 0, 0);
        assertThat(meter.known()).isFalse();
        assertThat(meter.asynchronySdMs()).isNaN();
        assertThat(meter.resultantLength()).isNaN();

        meter.onStep(10 * PERIOD_NS, true, 0, PERIOD_NS);
        assertThat(meter.known()).isTrue();
        meter.onStep(10 * PERIOD_NS + LockDetector.FORGET_NS + 1, true, 0, PERIOD_NS);
        assertThat(meter.known()).isFalse();
    }
}
