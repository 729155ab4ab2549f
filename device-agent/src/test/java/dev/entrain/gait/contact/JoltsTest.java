package dev.entrain.gait.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class JoltsTest {
    @Test
    void shouldKnowTheHardestAndTheFirstHardJoltWithOrWithoutGravity() {
        for (double gravity : new double[] {0, 9.81}) {
            Jolts jolts = new Jolts();
            for (int i = 0; i < 100; i++) {
                double strike = i == 60 ? 12 : i == 70 ? 20 : 0;
                jolts.add(i * 0.005, strike, 0.02 * i, gravity);
            }
            assertThat(jolts.firstHardS(0.1)).isCloseTo(0.2975, within(1e-9));
            assertThat(jolts.firstHardS(0.32)).isCloseTo(0.3475, within(1e-9));
            assertThat(jolts.hardestS(0.1)).isCloseTo(0.35, within(0.003));
            assertThat(jolts.hardestS(0.4)).isNaN();
            jolts.clear();
            assertThat(jolts.hardestS(0)).isNaN();
            assertThat(jolts.firstHardS(0)).isInfinite();
        }
    }

    @Test
    void shouldKnowTheMiddleOfTheJolts() {
        Jolts jolts = new Jolts();
        assertThat(jolts.middleS(0)).isNaN();
        for (int i = 0; i < 100; i++) {
            jolts.add(i * 0.005, i == 60 ? 12 : i == 70 ? 12 : 0, 0, 9.81);
        }
        assertThat(jolts.middleS(0.1)).isCloseTo(0.325, within(0.001));
        assertThat(jolts.middleS(0.32)).isCloseTo(0.35, within(0.001));
        assertThat(jolts.hardestMps3(0.1)).isCloseTo(2400, within(1e-6));
        assertThat(jolts.hardestMps3(0.4)).isZero();
    }
}
