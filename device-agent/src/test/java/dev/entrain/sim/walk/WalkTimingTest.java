package dev.entrain.sim.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When feet touch, and in which order things are told. */
class WalkTimingTest {
    @Test
    void shouldGiveTheSameReadingsForTheSameSeed() {
        WalkOptions options = new WalkOptions(30, 5);
        Walked one = Walked.of(WalkScenario.named("ms"), options);
        Walked again = Walked.of(WalkScenario.named("ms"), options);
        assertThat(again.rows()).isDeepEqualTo(one.rows());
        assertThat(again.events).isEqualTo(one.events);
        assertThat(again.strides).isEqualTo(one.strides);
        Walked other = Walked.of(WalkScenario.named("ms"), new WalkOptions(30, 6));
        assertThat(other.events).isNotEqualTo(one.events);
    }

    @Test
    void shouldNotKnowTheFuture() {
        Gait gait = WalkPresets.healthy();
        WalkScenario on = new WalkScenario("on", "test", List.of(new WalkSegment.Walk(20, gait)));
        WalkScenario stop =
                new WalkScenario("stop", "test", List.of(new WalkSegment.Walk(10, gait), new WalkSegment.Stand(10)));
        Walked a = Walked.of(on, new WalkOptions(9.9, 1));
        Walked b = Walked.of(stop, new WalkOptions(9.9, 1));
        assertThat(b.rows()).isDeepEqualTo(a.rows());
        assertThat(b.events).isEqualTo(a.events);
    }

    @ParameterizedTest
    @ValueSource(doubles = {50, 102.4, 204.8, 400})
    void shouldReadBothFeetInTimeOrder(double rateHz) {
        Walked walked = Walked.of(WalkScenario.named("demo"), new WalkOptions(rateHz, 10, 1, SensorOptions.typical()));
        assertThat(walked.samples).hasSize(2 * (int) Math.ceil(10 * rateHz));
        for (int i = 0; i < walked.samples.size(); i++) {
            ImuSample s = walked.samples.get(i);
            assertThat(s.foot).isEqualTo(Foot.of(i % 2));
            assertThat(s.seq).isEqualTo(i / 2);
            assertThat(s.timeNs).isEqualTo(Math.round(s.seq * 1e9 / rateHz));
        }
    }

    @ParameterizedTest
    @FieldSource("dev.entrain.sim.walk.WalkPresets#NAMES")
    void shouldTellTruthInOrderAndAlternateFeet(String scenario) {
        Walked walked = Walked.of(WalkScenario.named(scenario), new WalkOptions(300, 2));
        assertThat(walked.events).isSortedAccordingTo((a, b) -> Long.compare(a.timeNs(), b.timeNs()));
        List<Walked.Event> contacts = walked.contacts();
        for (int i = 1; i < contacts.size(); i++) {
            assertThat(contacts.get(i).foot())
                    .isEqualTo(contacts.get(i - 1).foot().other());
        }
        for (Foot foot : Foot.values()) {
            List<GaitEvent.Kind> kinds = walked.events.stream()
                    .filter(e -> e.foot() == foot
                            && e.kind() != GaitEvent.Kind.FREEZE_ON
                            && e.kind() != GaitEvent.Kind.FREEZE_OFF)
                    .map(Walked.Event::kind)
                    .toList();
            for (int i = 0; i < kinds.size(); i++) {
                assertThat(kinds.get(i))
                        .isEqualTo(
                                switch (i % 3) {
                                    case 0 -> GaitEvent.Kind.FINAL_CONTACT;
                                    case 1 -> GaitEvent.Kind.INITIAL_CONTACT;
                                    default -> GaitEvent.Kind.FOOT_FLAT;
                                });
            }
        }
    }

    @Test
    void shouldTellNothingWhileStanding() {
        WalkScenario scenario = new WalkScenario(
                "pause",
                "test",
                List.of(
                        new WalkSegment.Stand(5),
                        new WalkSegment.Walk(10, WalkPresets.healthy()),
                        new WalkSegment.Stand(30)));
        Walked walked = Walked.of(scenario, new WalkOptions(40, 4));
        assertThat(walked.events).isNotEmpty().allMatch(e -> e.timeNs() > 5_000_000_000L);
        assertThat(walked.events).allMatch(e -> e.timeNs() < 16_500_000_000L);
        assertThat(walked.strides).hasSize(walked.contacts().size());
    }

    @ParameterizedTest
    @CsvSource({"60,0,1.0", "112,0.01,1.34", "84,0.2,0.84", "84,-0.2,0.84", "140,0.1,1.5", "40,0.3,0.4"})
    void shouldWalkAtTheAskedCadenceAsymmetryAndLength(double cadence, double asymmetry, double strideM) {
        Gait gait = WalkPresets.healthy()
                .withCadence(cadence)
                .withStepTimeAsymmetry(asymmetry)
                .withStrideLength(strideM)
                .withVariability(0.02, 0);
        Walked walked = Walked.truthOf(gait, 600, 8);
        double left = Walked.mean(walked.stepTimesS(Foot.LEFT));
        double right = Walked.mean(walked.stepTimesS(Foot.RIGHT));
        assertThat(120 / (left + right)).isCloseTo(cadence, within(cadence * 0.005));
        assertThat((left - right) / (left + right)).isCloseTo(asymmetry, within(0.005));
        double meanM = walked.strides.stream()
                .skip(2)
                .mapToDouble(Walked.Stride::lengthM)
                .average()
                .orElseThrow();
        assertThat(meanM).isCloseTo(strideM, within(strideM * 0.01));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.02,0", "0.05,0", "0.03,0.5", "0.02,0.7"})
    void shouldVaryAsMuchAsAsked(double cv, double exponent) {
        Walked walked = Walked.truthOf(WalkPresets.healthy().withVariability(cv, exponent), 3600, 9);
        double[] strides = walked.strideTimesS(Foot.LEFT);
        assertThat(Walked.sd(strides) / Walked.mean(strides)).isCloseTo(cv, within(0.0002 + cv * 0.15));
    }

    @ParameterizedTest
    @CsvSource({"0", "0.2", "0.5", "0.7", "1.0"})
    void shouldVaryWithTheAskedMemory(double exponent) {
        double sum = 0;
        for (int seed = 0; seed < 3; seed++) {
            Walked walked = Walked.truthOf(WalkPresets.healthy().withVariability(0.02, exponent), 4000, seed);
            sum += dfa(walked.strideTimesS(Foot.LEFT));
        }
        assertThat(sum / 3).isCloseTo((1 + exponent) / 2, within(0.08));
    }

    /** Detrended fluctuation analysis (Peng 1995), windows of 8 to an eighth of the series. */
    private static double dfa(double[] x) {
        double mean = Walked.mean(x);
        double[] y = new double[x.length];
        double run = 0;
        for (int i = 0; i < x.length; i++) {
            run += x[i] - mean;
            y[i] = run;
        }
        List<double[]> points = new ArrayList<>();
        for (double size = 8; size <= x.length / 8.0; size *= 1.4) {
            int n = (int) size;
            double sum = 0;
            int windows = x.length / n;
            for (int w = 0; w < windows; w++) {
                sum += residual(y, w * n, n);
            }
            points.add(new double[] {Math.log(n), Math.log(sum / (windows * n)) / 2});
        }
        double mx = points.stream().mapToDouble(p -> p[0]).average().orElseThrow();
        double my = points.stream().mapToDouble(p -> p[1]).average().orElseThrow();
        double xy = points.stream().mapToDouble(p -> (p[0] - mx) * (p[1] - my)).sum();
        double xx = points.stream().mapToDouble(p -> (p[0] - mx) * (p[0] - mx)).sum();
        return xy / xx;
    }

    private static double residual(double[] y, int from, int n) {
        double st = (n - 1) / 2.0;
        double sy = 0;
        for (int i = 0; i < n; i++) {
            sy += y[from + i] / n;
        }
        double ty = 0;
        double tt = 0;
        for (int i = 0; i < n; i++) {
            ty += (i - st) * (y[from + i] - sy);
            tt += (i - st) * (i - st);
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double e = y[from + i] - sy - ty / tt * (i - st);
            sum += e * e;
        }
        return sum;
    }

    @Test
    void shouldRampTheCadence() {
        Gait slow = WalkPresets.healthy().withCadence(80).withVariability(0, 0);
        WalkScenario ramp =
                new WalkScenario("ramp", "test", List.of(new WalkSegment.Walk(60, slow, slow.withCadence(120))));
        Walked walked = Walked.of(ramp, new WalkOptions(59, 1));
        double[] strides = walked.strideTimesS(Foot.LEFT);
        assertThat(120 / strides[0]).isCloseTo(80, within(3.0));
        assertThat(120 / strides[strides.length - 1]).isCloseTo(120, within(3.0));
        for (int i = 1; i < strides.length; i++) {
            assertThat(strides[i]).isLessThan(strides[i - 1]);
        }
    }

    @Test
    void shouldStepWhenItsTimerSaysSo() {
        // A walker who follows a beat of 0.5 s from wherever the feet are: the seed of a closed loop.
        StepTimer toTheBeat = (nowNs, foot, previousNs, gait) -> {
            long beatNs = 500_000_000L;
            long wantedNs = (previousNs + 250_000_000L) / beatNs * beatNs + beatNs;
            assertThat(previousNs).isGreaterThanOrEqualTo(nowNs);
            return (wantedNs - previousNs) * 1e-9;
        };
        WalkScenario scenario = Walked.straight(WalkPresets.healthy());
        Walked walked = Walked.of(new ScriptedWalker(scenario, toTheBeat, 1, TruthSink.NONE), new WalkOptions(30, 1));
        List<Walked.Event> contacts = walked.contacts();
        assertThat(contacts).hasSizeGreaterThan(50);
        for (int i = 1; i < contacts.size(); i++) {
            assertThat(contacts.get(i).timeNs() % 500_000_000L).isBetween(0L, 2L);
        }
    }

    @Test
    void shouldRefuseAWalkerThatDoesNotMoveOn() {
        Walker stuck = (nowNs, move) -> {
            move.kind = Move.Kind.REST;
            move.nextDecisionNs = nowNs;
        };
        WalkModel model = new WalkModel(stuck, new WalkOptions(1, 1), TruthSink.NONE);
        assertThatIllegalStateException()
                .isThrownBy(() -> model.next(new ImuSample()))
                .withMessageContaining("does not move on");
    }

    @Test
    void shouldWalkWhateverGaitItsRangesAllow() {
        Random random = new Random(77);
        for (int trial = 0; trial < 200; trial++) {
            Gait gait = anyGait(random);
            List<WalkSegment> segments = List.of(
                    new WalkSegment.Walk(6, gait, anyGait(random)),
                    new WalkSegment.Turn(random.nextDouble(-400, 400), random.nextDouble(5, 90), anyGait(random)),
                    new WalkSegment.Freeze(0.5 + random.nextDouble() * 3, random.nextDouble(3, 8), random.nextInt(15)),
                    new WalkSegment.Walk(4, anyGait(random)),
                    new WalkSegment.Stand(random.nextInt(2)));
            WalkOptions options = new WalkOptions(100, 30, trial, SensorOptions.ideal());
            Walked walked = Walked.of(new WalkScenario("any", "test", segments), options);
            assertThat(walked.samples)
                    .as("trial %d, %s", trial, gait)
                    .allMatch(s -> Math.abs(s.axMps2) + Math.abs(s.ayMps2) + Math.abs(s.azMps2) < 3000)
                    .allMatch(s -> Math.abs(s.gxRadps) + Math.abs(s.gyRadps) + Math.abs(s.gzRadps) < 200);
            List<Walked.Event> contacts = walked.contacts();
            for (int i = 1; i < contacts.size(); i++) {
                assertThat(contacts.get(i).foot())
                        .isEqualTo(contacts.get(i - 1).foot().other());
            }
        }
    }

    private static Gait anyGait(Random random) {
        return new Gait(
                random.nextDouble(20, 220),
                random.nextDouble(0.05, 2.5),
                random.nextDouble(-0.6, 0.6),
                random.nextDouble(-0.8, 0.8),
                random.nextDouble(0, 0.2),
                random.nextDouble(0, 1.5),
                random.nextDouble(0.04, 0.35),
                random.nextDouble(0.1, 0.35),
                random.nextDouble(),
                anyFoot(random),
                anyFoot(random));
    }

    private static FootGait anyFoot(Random random) {
        return new FootGait(
                random.nextDouble(20, 600),
                random.nextDouble(-10, 30),
                random.nextDouble(0.002, 0.2),
                random.nextDouble(0, 0.2),
                random.nextDouble(0, 160));
    }

    @Test
    void shouldWalkForHoursInConstantMemory() {
        WalkModel model = new WalkModel(WalkScenario.named("healthy"), new WalkOptions(86_400, 1), TruthSink.NONE);
        ImuSample sample = new ImuSample();
        for (int i = 0; i < 200_000; i++) {
            model.next(sample);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        int readings = 400_000;
        for (int i = 0; i < readings; i++) {
            model.next(sample);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        // What a step costs, nothing per reading.
        assertThat(bytes).isLessThan(readings * 8L);
    }
}
