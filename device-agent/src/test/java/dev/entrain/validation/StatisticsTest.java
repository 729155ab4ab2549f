package dev.entrain.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void shouldInterpolatePercentilesLinearly() {
        double[] values = {4, 1, 3, 2};
        assertThat(Statistics.percentile(values, 95)).isEqualTo(3.85, within(1e-12));
        assertThat(Statistics.percentile(values, 0)).isEqualTo(1);
        assertThat(Statistics.percentile(values, 100)).isEqualTo(4);
        assertThat(Statistics.median(values)).isEqualTo(2.5);
        assertThat(Statistics.median(new double[0])).isNaN();
    }

    @Test
    void shouldDivideTheVarianceByTheCount() {
        assertThat(Statistics.deviation(new double[] {1, 3})).isEqualTo(1);
    }

    @Test
    void shouldSumEveryLengthAsASimpleLoopDoes() {
        for (int n = 0; n < 600; n++) {
            double[] ones = new double[n];
            Arrays.fill(ones, 1);
            assertThat(Statistics.sum(ones, 0, n)).isEqualTo(n);
        }
    }

    @Test
    void shouldPrintAsTheReferenceScorerDoes() {
        assertThat(Figures.fixed(9.9996)).isEqualTo("10.000");
        assertThat(Figures.fixed(10)).isEqualTo("10.0");
        assertThat(Figures.fixed(0.0625)).isEqualTo("0.062");
        assertThat(Figures.fixed(12.25)).isEqualTo("12.2");
        assertThat(Figures.fixed(1.0005)).isEqualTo("1.000");
        assertThat(Figures.fixed(-0.0001)).isEqualTo("-0.000");
        assertThat(Figures.fixed(Double.NaN)).isEqualTo("nan");
        Figures line = new Figures("any")
                .counts("c", new int[] {3, 4})
                .numbers("r", new double[] {1, 2.0 / 3, 0.0001})
                .none("x")
                .count("n", 7);
        assertThat(line.line()).isEqualTo("c=[3, 4]  r=[1.0, 0.6666666666666666, 0.0001]  x=None  n=7");
    }

    @Test
    void shouldMatchTheClosestPairFirst() {
        EventMatch match = EventMatch.of(new double[] {1.00, 1.04, 5}, new double[] {1.05, 0.9}, 0.25);
        assertThat(match.pairs())
                .extracting(EventMatch.Pair::detected, EventMatch.Pair::reference)
                .containsExactly(tuple(1, 0), tuple(0, 1));
    }

    @Test
    void shouldMatchAsEveryPairComparedWouldInAnyOrder() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            // A coarse grid, so that equal distances and distances of exactly the tolerance occur.
            double[] detected = random.doubles(random.nextInt(12), 0, 2)
                    .map(StatisticsTest::coarse)
                    .toArray();
            double[] reference = random.doubles(random.nextInt(12), 0, 2)
                    .map(StatisticsTest::coarse)
                    .toArray();
            EventMatch match = EventMatch.of(detected, reference, 0.1);
            assertThat(match.size()).as("round %d", round).isEqualTo(countOfEveryPairCompared(detected, reference));
        }
    }

    private static double coarse(double value) {
        return Math.rint(value * 20) / 20;
    }

    private static int countOfEveryPairCompared(double[] detected, double[] reference) {
        List<int[]> all = new ArrayList<>();
        for (int i = 0; i < detected.length; i++) {
            for (int j = 0; j < reference.length; j++) {
                all.add(new int[] {i, j});
            }
        }
        all.sort(Comparator.<int[]>comparingDouble(p -> Math.abs(detected[p[0]] - reference[p[1]]))
                .thenComparingInt(p -> p[0])
                .thenComparingInt(p -> p[1]));
        boolean[] usedI = new boolean[detected.length];
        boolean[] usedJ = new boolean[reference.length];
        int count = 0;
        for (int[] p : all) {
            if (Math.abs(detected[p[0]] - reference[p[1]]) <= 0.1 && !usedI[p[0]] && !usedJ[p[1]]) {
                usedI[p[0]] = true;
                usedJ[p[1]] = true;
                count++;
            }
        }
        return count;
    }

    @Test
    void shouldFindOffsetAndRateOfAnotherClock() {
        double[] reference = new double[30];
        double[] detected = new double[30];
        for (int i = 0; i < reference.length; i++) {
            reference[i] = 2 + 1.07 * i + 0.1 * Math.sin(i);
            detected[i] = reference[i] * 1.0003 - 0.187;
        }
        ReferenceClock clock = ReferenceClock.fit(detected, reference);
        assertThat(clock.offsetS()).isCloseTo(-0.187, within(1e-9));
        assertThat(clock.slope()).isCloseTo(0.0003, within(1e-9));
    }

    @Test
    void shouldNotJoinBoutsWithALongPauseBetween() {
        Spans covered = Spans.coveredBy(new double[] {1, 2, 3, 8, 9});
        assertThat(covered.hold(3.2)).isTrue();
        assertThat(covered.hold(5)).isFalse();
        assertThat(covered.hold(7.8)).isTrue();
    }
}
