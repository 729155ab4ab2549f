package dev.entrain.gait.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.gait.SyntheticWalk;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever sensors say, nothing is thrown, promises are kept, and a walk afterwards is found as ever. */
class RoughReadingsTest {
    private static final int STRIDES = 20;

    /** Spoils a walk's readings in place. */
    interface Trouble {
        void spoil(List<ImuSample> readings, Random random);
    }

    static Stream<Arguments> troubles() {
        Stream<Arguments> kinds = Stream.of(
                trouble("readings that are no numbers", each(0.1, RoughReadingsTest::noNumber)),
                trouble("enormous readings", each(0.05, RoughReadingsTest::enormous)),
                trouble("enormous readings, all", each(1, RoughReadingsTest::enormous)),
                trouble(
                        "the greatest readings, all",
                        each(1, (s, r) -> fill(s, Double.MAX_VALUE * (r.nextBoolean() ? 1 : -1)))),
                trouble("nothing but zeros", each(1, (s, r) -> fill(s, 0))),
                trouble("an accelerometer of zeros", each(1, (s, r) -> s.axMps2 = s.ayMps2 = s.azMps2 = 0)),
                trouble("a gyroscope of zeros", each(1, (s, r) -> s.gxRadps = s.gyRadps = s.gzRadps = 0)),
                trouble("one reading for ever", each(1, (s, r) -> fill(s, 7))),
                trouble("gyroscopes that clip at 125 deg/s", each(1, (s, r) -> clip(s, 2.18))),
                trouble("gyroscopes at the end of their range", each(1, (s, r) -> saturate(s, r))),
                trouble("noise", each(1, (s, r) -> noise(s, r))),
                trouble("sensors that swap sides", each(0.2, (s, r) -> s.foot = s.foot.other())),
                trouble("readings that come twice", (all, r) -> all.addAll(List.copyOf(all))),
                trouble("readings in any order", (all, r) -> Collections.shuffle(all, r)),
                trouble("times that jitter", each(1, (s, r) -> s.timeNs += r.nextInt(50_000_000))),
                trouble(
                        "times that jump",
                        each(0.01, (s, r) -> s.timeNs += r.nextLong(-3_600_000_000_000L, 3_600_000_000_000L))),
                trouble("gaps", RoughReadingsTest::gaps),
                trouble("one foot only", (all, r) -> all.removeIf(s -> s.foot == Foot.LEFT)));
        return kinds.flatMap(kind ->
                LongStream.rangeClosed(1, 3).mapToObj(seed -> Arguments.of(kind.get()[0], seed, kind.get()[1])));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("troubles")
    void shouldFindTheWalkAfter(String name, long seed, Trouble trouble) {
        PairTracker tracker = new PairTracker();
        ToldInOrder told = new ToldInOrder();
        Random random = new Random(seed);
        long atNs = 1_000_000_000L;
        atNs = feed(tracker, told, walk(seed, 100, atNs).samples());
        SyntheticWalk spoilt = walk(seed + 10, 100, atNs + 10_000_000L);
        List<ImuSample> readings = spoilt.samples();
        atNs = readings.getLast().timeNs;
        trouble.spoil(readings, random);
        feed(tracker, told, readings);
        expectWalk(tracker, told, walk(seed, 100, atNs + 10_000_000L));
    }

    @ParameterizedTest(name = "{0} Hz")
    @MethodSource("rates")
    void shouldKeepItsPromisesAt(double rateHz, int least) {
        PairTracker tracker = new PairTracker();
        ToldInOrder told = new ToldInOrder();
        SyntheticWalk walk = walk(5, rateHz, 1_000_000_000L);
        feed(tracker, told, walk.samples());
        assertThat(told.contacts.get(0).size() + told.contacts.get(1).size()).isBetween(least, 2 * STRIDES);
    }

    static Stream<Arguments> rates() {
        return Stream.of(
                Arguments.of(5, 0),
                Arguments.of(20, 0),
                Arguments.of(50, 2 * STRIDES - 2),
                Arguments.of(1000, 2 * STRIDES - 2),
                Arguments.of(4000, 0));
    }

    private static void expectWalk(PairTracker tracker, ToldInOrder told, SyntheticWalk walk) {
        told.contacts.forEach(List::clear);
        int predictions = told.predictions;
        int bouts = told.bouts;
        feed(tracker, told, walk.samples());
        for (Foot foot : Foot.values()) {
            List<Double> truth = walk.contacts.get(foot.ordinal());
            List<Long> found = told.contacts.get(foot.ordinal());
            long hit = truth.stream()
                    .filter(t -> found.stream().anyMatch(f -> Math.abs((f - walk.originNs) * 1e-9 - t) < 0.1))
                    .count();
            assertThat(hit).as("%s: %s of %s", foot, found, truth).isGreaterThanOrEqualTo(STRIDES - 6);
            assertThat(found).as("%s", foot).hasSizeLessThanOrEqualTo(STRIDES + 1);
        }
        assertThat(told.predictions - predictions).as("predictions").isGreaterThan(4 * STRIDES);
        assertThat(told.bouts - bouts).as("bouts told").isBetween(1, 4);
    }

    private static SyntheticWalk walk(long seed, double rateHz, long originNs) {
        SyntheticWalk walk = new SyntheticWalk();
        walk.seed = seed;
        walk.rotationSeed = 3;
        walk.jitterS = 0.02;
        walk.strides = STRIDES;
        walk.rateHz = rateHz;
        walk.originNs = originNs;
        return walk;
    }

    private static long feed(PairTracker tracker, ToldInOrder told, List<ImuSample> readings) {
        for (ImuSample reading : readings) {
            told.feed(tracker, reading);
        }
        return readings.getLast().timeNs;
    }

    private interface One {
        void spoil(ImuSample sample, Random random);
    }

    private static Trouble each(double share, One one) {
        return (all, random) -> {
            for (ImuSample sample : all) {
                if (random.nextDouble() < share) {
                    one.spoil(sample, random);
                }
            }
        };
    }

    private static Arguments trouble(String name, Trouble trouble) {
        return Arguments.of(name, trouble);
    }

    private static void noNumber(ImuSample s, Random random) {
        double[] no = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        double value = no[random.nextInt(no.length)];
        switch (random.nextInt(4)) {
            case 0 -> s.axMps2 = value;
            case 1 -> s.gzRadps = value;
            case 2 -> fill(s, value);
            default -> s.gyRadps = value;
        }
    }

    private static void enormous(ImuSample s, Random random) {
        double size = Math.pow(10, random.nextInt(3, 308));
        switch (random.nextInt(4)) {
            case 0 -> s.ayMps2 = size;
            case 1 -> s.gxRadps = -size;
            case 2 -> fill(s, size);
            default -> s.gyRadps = size;
        }
    }

    private static void fill(ImuSample s, double value) {
        s.axMps2 = value;
        s.ayMps2 = value;
        s.azMps2 = value;
        s.gxRadps = value;
        s.gyRadps = value;
        s.gzRadps = value;
    }

    private static void clip(ImuSample s, double most) {
        s.gxRadps = Math.clamp(s.gxRadps, -most, most);
        s.gyRadps = Math.clamp(s.gyRadps, -most, most);
        s.gzRadps = Math.clamp(s.gzRadps, -most, most);
    }

    private static void saturate(ImuSample s, Random random) {
        s.gxRadps = random.nextBoolean() ? 34.9 : -34.9;
        s.gyRadps = 34.9;
        s.gzRadps = -34.9;
    }

    private static void noise(ImuSample s, Random random) {
        s.axMps2 = 50 * random.nextGaussian();
        s.ayMps2 = 50 * random.nextGaussian();
        s.azMps2 = 50 * random.nextGaussian();
        s.gxRadps = 10 * random.nextGaussian();
        s.gyRadps = 10 * random.nextGaussian();
        s.gzRadps = 10 * random.nextGaussian();
    }

    private static void gaps(List<ImuSample> all, Random random) {
        List<ImuSample> kept = new ArrayList<>();
        long[] untilNs = new long[Foot.COUNT];
        for (ImuSample sample : all) {
            int f = sample.foot.ordinal();
            if (random.nextInt(100) == 0) {
                untilNs[f] = sample.timeNs + (long) (0.05e9 * Math.pow(200, random.nextDouble()));
            }
            if (sample.timeNs >= untilNs[f]) {
                kept.add(sample);
            }
        }
        kept.add(all.getLast());
        all.clear();
        all.addAll(kept);
    }
}
