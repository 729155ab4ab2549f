package dev.entrain.gait.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.gait.GaitEvent.Kind;
import dev.entrain.gait.GaitRecord;
import dev.entrain.gait.SyntheticWalk;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a walker's feet do after the walk that is no walking: standing, sitting, leaning on a cane. */
class OtherMovementsTest {
    private static final double LASTS_S = 20;
    private static final double RATE_HZ = 100;
    private static final double GRAVITY_MPS2 = 9.81;

    /** Pitch (toes up) and roll of a foot as angles, rad, and a jolt, m/s2, at a time since the walker stands, s. */
    @SuppressWarnings("UnusedVariable") // The defaults are nought at any time.
    interface Movement {
        double pitchRad(double t);

        default double rollRad(double t) {
            return 0;
        }

        default double joltMps2(double t) {
            return 0;
        }
    }

    private static final Movement NONE = t -> 0;

    private static double raised(double t, double periodS, double lastsS) {
        double s = (t % periodS) / lastsS;
        return s < 1 ? 0.5 - 0.5 * Math.cos(2 * Math.PI * s) : 0;
    }

    static Stream<Arguments> movements() {
        Movement shift = new Movement() {
            @Override
            public double pitchRad(double t) {
                return 0.03 * Math.sin(Math.PI * t);
            }

            @Override
            public double rollRad(double t) {
                return 0.14 * Math.sin(Math.PI * t);
            }
        };
        Movement cane = new Movement() {
            @Override
            public double pitchRad(double t) {
                return 0.004 * Math.exp(-20 * (t % 1)) * Math.sin(120 * (t % 1));
            }

            @Override
            public double joltMps2(double t) {
                return t % 1 < 0.02 ? 15 : 0;
            }
        };
        Movement kneeStretch = t -> 0.7 * Math.min(1, 3 * raised(t, 4, 3));
        Movement dangling = t -> 0.4 * Math.sin(2 * Math.PI * t);
        Movement heelRaise = t -> -0.35 * raised(t, 2.5, 1.2);
        Movement toeTap = new Movement() {
            @Override
            public double pitchRad(double t) {
                return 0.3 * raised(t, 0.8, 0.5);
            }

            @Override
            public double joltMps2(double t) {
                double since = t % 0.8 - 0.5;
                return since >= 0 && since < 0.02 ? 8 : 0;
            }
        };
        return Stream.of(
                Arguments.of("weight shifts", shift, shift, 0),
                Arguments.of("a cane's taps through both shoes", cane, cane, 0),
                Arguments.of("a knee stretched while sitting", kneeStretch, NONE, 0),
                Arguments.of("a leg dangled while sitting", dangling, NONE, 2),
                Arguments.of("heel raises of one foot", heelRaise, NONE, 0),
                Arguments.of("a toe tapped", toeTap, NONE, 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("movements")
    void shouldTakeNoOtherMovementForSteps(String name, Movement left, Movement right, int mayTell) {
        SyntheticWalk walk = new SyntheticWalk();
        walk.strides = 12;
        List<ImuSample> samples = new ArrayList<>(walk.samples());
        double fromS = walk.endS() + 2;
        append(samples, walk, Foot.LEFT, left);
        append(samples, walk, Foot.RIGHT, right);
        samples.sort((a, b) -> Long.compare(a.timeNs, b.timeNs));
        GaitRecord record = GaitRecord.of(samples);
        for (Foot foot : Foot.values()) {
            List<Double> found = record.times(Kind.INITIAL_CONTACT, foot, walk.originNs);
            assertThat(found.stream().filter(t -> t < fromS))
                    .as("walk, %s", foot)
                    .hasSize(walk.strides);
            assertThat(found.stream().filter(t -> t >= fromS).toList())
                    .as("%s, %s", name, foot)
                    .hasSizeLessThanOrEqualTo(mayTell);
        }
    }

    private static void append(List<ImuSample> samples, SyntheticWalk walk, Foot foot, Movement movement) {
        Random random = new Random(foot.ordinal());
        double fromS = walk.endS();
        double h = 0.5 / RATE_HZ;
        int rows = (int) ((LASTS_S + 2) * RATE_HZ);
        for (int row = 1; row < rows; row++) {
            double atS = row / RATE_HZ;
            double t = Math.max(0, atS - 2);
            ImuSample sample = new ImuSample();
            sample.foot = foot;
            sample.timeNs = walk.originNs + Math.round((fromS + atS) * 1e9);
            double pitch = movement.pitchRad(t);
            double roll = movement.rollRad(t);
            sample.gyRadps = -(movement.pitchRad(t + h) - movement.pitchRad(Math.max(0, t - h))) / (2 * h)
                    + 0.01 * random.nextGaussian();
            sample.gxRadps = (movement.rollRad(t + h) - movement.rollRad(Math.max(0, t - h))) / (2 * h)
                    + 0.01 * random.nextGaussian();
            sample.gzRadps = 0.01 * random.nextGaussian();
            double jolt = movement.joltMps2(t);
            sample.axMps2 = GRAVITY_MPS2 * Math.sin(pitch) + 0.3 * jolt + 0.03 * random.nextGaussian();
            sample.ayMps2 = GRAVITY_MPS2 * Math.sin(roll) + 0.03 * random.nextGaussian();
            sample.azMps2 = GRAVITY_MPS2 * Math.cos(pitch) * Math.cos(roll) + jolt + 0.03 * random.nextGaussian();
            samples.add(sample);
        }
    }
}
