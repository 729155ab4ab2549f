package dev.entrain.gait.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.gait.SyntheticWalk;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MountingTest {
    private static final double DT_S = 0.01;

    @Test
    void shouldFindThePrincipalDirectionWhereverItPoints() {
        for (int seed = 2; seed < 12; seed++) {
            double[][] turn = SyntheticWalk.rotation(seed);
            SwingAxis axis = new SwingAxis();
            Random random = new Random(seed);
            for (int i = 0; i < 500; i++) {
                double main = 4 * Math.sin(i * 0.07);
                double side = 1.5 * random.nextGaussian();
                double third = 0.5 * random.nextGaussian();
                axis.add(
                        turn[0][0] * main + turn[0][1] * side + turn[0][2] * third,
                        turn[1][0] * main + turn[1][1] * side + turn[1][2] * third,
                        turn[2][0] * main + turn[2][1] * side + turn[2][2] * third,
                        DT_S);
            }
            axis.refresh();
            assertThat(Math.abs(axis.rate(turn[0][0], turn[1][0], turn[2][0]))).isGreaterThan(0.99);
        }
    }

    @Test
    void shouldNotTurnRoundByItselfOnceItsSideIsKept() {
        SwingAxis axis = new SwingAxis();
        for (int i = 0; i < 200; i++) {
            axis.add(Math.sin(i * 0.1) * 3, 0.1, 0, DT_S);
        }
        axis.refresh();
        axis.keepSide();
        boolean positive = axis.rate(1, 0, 0) > 0;
        for (int i = 0; i < 2000; i++) {
            axis.add(-3 * Math.abs(Math.sin(i * 0.1)), 0.2, 0, DT_S);
            axis.refresh();
        }
        assertThat(axis.rate(1, 0, 0) > 0).isEqualTo(positive);
    }

    @Test
    void shouldKnowTheSignFromHardHeelStrikesAndFromFlatFeet() {
        // Push-off, swing, landing, as angle and duration; the foot that lands flat turns back only at push-off.
        assertThat(voteAfterStrides(1.2, 1.6, 0.4)).isGreaterThan(0.8);
        assertThat(voteAfterStrides(0.6, 0.6, 0.0)).isGreaterThan(0.8);
        assertThat(voteAfterStrides(-1.2, -1.6, -0.4)).isLessThan(-0.8);
        assertThat(voteAfterStrides(-0.6, -0.6, -0.0)).isLessThan(-0.8);
    }

    @Test
    void shouldNotJudgeTheSignByAPushOffAlone() {
        SwingSign sign = new SwingSign();
        double time = lobe(sign, 0, -1.2, 0.3);
        pause(sign, time, 2);
        assertThat(sign.vote()).isZero();
    }

    @Test
    void shouldLearnTheBiasAtRestAndNotFromWalking() {
        GyroBias bias = new GyroBias();
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            bias.add(
                    0.05 + 0.01 * random.nextGaussian(),
                    -0.03 + 0.01 * random.nextGaussian(),
                    0.01 * random.nextGaussian(),
                    DT_S);
        }
        assertThat(bias.x()).isCloseTo(0.05, within(0.005));
        assertThat(bias.y()).isCloseTo(-0.03, within(0.005));
        for (int i = 0; i < 3000; i++) {
            bias.add(0.05 + 3 * Math.sin(i * 0.06), -0.03 + Math.cos(i * 0.06), 0.5, DT_S);
        }
        assertThat(bias.x()).isCloseTo(0.05, within(0.005));
        assertThat(bias.y()).isCloseTo(-0.03, within(0.005));
    }

    private static double voteAfterStrides(double push, double swing, double landing) {
        SwingSign sign = new SwingSign();
        double time = pause(sign, 0, 1);
        for (int stride = 0; stride < 2; stride++) {
            time = lobe(sign, time, -push, 0.3);
            time = lobe(sign, time, swing, 0.4);
            time = lobe(sign, time, -landing, 0.12);
            time = pause(sign, time, 0.3);
        }
        return sign.vote();
    }

    private static double lobe(SwingSign sign, double fromS, double angleRad, double spanS) {
        int rows = (int) Math.round(spanS / DT_S);
        for (int i = 1; i <= rows; i++) {
            double rate = angleRad / spanS * Math.PI / 2 * Math.sin(Math.PI * i / rows);
            sign.add(fromS + i * DT_S, rate, Double.NaN, DT_S);
        }
        return fromS + rows * DT_S;
    }

    private static double pause(SwingSign sign, double fromS, double spanS) {
        int rows = (int) Math.round(spanS / DT_S);
        for (int i = 1; i <= rows; i++) {
            sign.add(fromS + i * DT_S, 0, Double.NaN, DT_S);
        }
        return fromS + rows * DT_S;
    }
}
