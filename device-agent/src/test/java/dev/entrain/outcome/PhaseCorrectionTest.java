package dev.entrain.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.session.Block;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseCorrectionTest {
    private static final int SEEDS = 200;

    /** Mean error and standard deviation of the estimate over the seeds. */
    private static double[] error(double gain, int steps, double motorS, double limpS) {
        Series estimates = new Series();
        for (long seed = 0; seed < SEEDS; seed++) {
            MadeSession session = new MadeSession(seed);
            session.gain = gain;
            session.timekeeperS = 0.015;
            session.motorS = motorS;
            session.limpS = limpS;
            session.cued(Block.Kind.FREE, steps, 0.55);
            SessionData data = session.data();
            estimates.add(new PhaseCorrection(new Walk(data, data.blocks())).gain());
        }
        return new double[] {estimates.mean() - gain, estimates.sd()};
    }

    @ParameterizedTest
    @CsvSource({"0.2", "0.4", "0.6", "0.8", "1.0"})
    void shouldFindTheGainOfASimulatedWalker(double gain) {
        double[] error = error(gain, 200, 0.006, 0);
        assertThat(error[0]).isBetween(-0.06, 0.06);
        assertThat(error[1]).isLessThan(0.16);
    }

    @ParameterizedTest
    @CsvSource({"0.2", "0.5"})
    void shouldFindTheGainOfALimpingWalker(double gain) {
        double[] error = error(gain, 400, 0.006, 0.06);
        assertThat(error[0]).isBetween(-0.05, 0.05);
        assertThat(error[1]).isLessThan(0.1);
    }

    @ParameterizedTest
    @CsvSource({"0.3"})
    void shouldBearFewStepsAndMuchMotorNoise(double gain) {
        double[] error = error(gain, 80, 0.012, 0);
        assertThat(error[0]).isBetween(-0.1, 0.15);
    }
}
