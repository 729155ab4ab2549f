package dev.entrain.sim.insole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.LineConfig;
import dev.entrain.sensor.LineSensor;
import dev.entrain.sensor.SensorState;
import dev.entrain.sensor.serial.SerialLine;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Emulated insole, real pseudo-terminal, real jSerialComm, real ring. */
@Timeout(60)
final class InsoleLineTest {
    private static final double ACC_STEP = 16 * 9.80665 / 32768;
    private static final double GYR_STEP = Math.toRadians(2000) / 32768;
    private static final int RATE_HZ = 200;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private static List<ImuSample> walk(double seconds) {
        List<ImuSample> walk = new ArrayList<>();
        for (int i = 0; i < seconds * RATE_HZ; i++) {
            for (int f = 0; f < Foot.COUNT; f++) {
                ImuSample s = new ImuSample();
                s.foot = Foot.of(f);
                s.timeNs = i * 5_000_000L + f * 2_000_000L;
                s.seq = i;
                double phase = i * 0.03 + f * Math.PI;
                s.axMps2 = 12 * Math.sin(phase);
                s.ayMps2 = 3 * Math.cos(phase);
                s.azMps2 = 9.81 + 40 * Math.sin(2 * phase);
                s.gxRadps = 0.5 * Math.cos(3 * phase);
                s.gyRadps = 8 * Math.sin(phase);
                s.gzRadps = -f - 0.1;
                walk.add(s);
            }
        }
        return walk;
    }

    /** A sensor on an emulated line and all that came of it. */
    private static final class Bench implements AutoCloseable {
        final SlotRing<ImuSample> ring = new SlotRing<>(8192, ImuSample::new);
        final Counters counters = new Counters();
        final LineSensor sensor;
        final List<ImuSample> got = new ArrayList<>();

        Bench(Path port, @Nullable Foot foot) {
            sensor = new LineSensor(
                    LineConfig.entrain(port, foot), new SerialLine(port, 921_600), ring, counters, NanoClock.SYSTEM);
            sensor.start();
        }

        int drain() {
            for (ImuSample s = ring.peek(); s != null; s = ring.peek()) {
                ImuSample copy = new ImuSample();
                copy.copyFrom(s);
                got.add(copy);
                ring.release();
            }
            return got.size();
        }

        long gaps() {
            long missing = 0;
            for (int i = 1; i < got.size(); i++) {
                missing += got.get(i).seq - got.get(i - 1).seq - 1;
            }
            return missing;
        }

        @Override
        public void close() {
            sensor.close();
            drain();
        }
    }

    private static void await(double seconds, String what, BooleanSupplier condition) {
        long endNs = NanoClock.SYSTEM.nowNs() + (long) (seconds * 1e9);
        while (!condition.getAsBoolean()) {
            assertThat(NanoClock.SYSTEM.nowNs() - endNs).as(what).isNegative();
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static void assertValues(List<ImuSample> walk, List<ImuSample> got, Foot foot) {
        for (ImuSample s : got) {
            ImuSample made = walk.get(2 * s.seq + foot.ordinal());
            assertThat(s.foot).isEqualTo(foot);
            assertThat(s.axMps2).isCloseTo(made.axMps2, within(ACC_STEP));
            assertThat(s.ayMps2).isCloseTo(made.ayMps2, within(ACC_STEP));
            assertThat(s.azMps2).isCloseTo(made.azMps2, within(ACC_STEP));
            assertThat(s.gxRadps).isCloseTo(made.gxRadps, within(GYR_STEP));
            assertThat(s.gyRadps).isCloseTo(made.gyRadps, within(GYR_STEP));
            assertThat(s.gzRadps).isCloseTo(made.gzRadps, within(GYR_STEP));
        }
    }

    private static void assertRising(List<ImuSample> got) {
        for (int i = 1; i < got.size(); i++) {
            assertThat(got.get(i).timeNs).isGreaterThan(got.get(i - 1).timeNs);
        }
    }

    @Test
    void shouldBringEverySampleWithItsValueAndTimeThroughAWrapOfTheCounter() throws Exception {
        List<ImuSample> walk = walk(4);
        AtomicLong startNs = new AtomicLong();
        NanoClock clock = () -> {
            long nowNs = NanoClock.SYSTEM.nowNs();
            startNs.compareAndSet(0, nowNs);
            return nowNs;
        };
        InsoleOptions options = InsoleOptions.in(folder).withBatching(10, 16).withClock(150, (1L << 32) - 2_000_000);
        try (InsoleEmulator insoles = new InsoleEmulator(walk, options, clock)) {
            insoles.start();
            try (Bench left = new Bench(insoles.portOf(Foot.LEFT), Foot.LEFT);
                    Bench right = new Bench(insoles.portOf(Foot.RIGHT), null)) {
                assertThat(insoles.join(20_000_000_000L)).isTrue();
                for (Foot foot : Foot.values()) {
                    Bench bench = foot == Foot.LEFT ? left : right;
                    await(
                            2,
                            "all samples",
                            () -> bench.drain() == insoles.statisticsOf(foot).samplesSent());
                    assertThat(bench.got).hasSizeGreaterThan(3 * RATE_HZ);
                    assertThat(bench.gaps()).isZero();
                    assertThat(bench.got.getLast().seq).isEqualTo(4 * RATE_HZ - 1);
                    assertThat(bench.counters.get(Counter.SAMPLES_LOST)).isZero();
                    assertThat(bench.counters.get(Counter.FRAMES_BAD)).isZero();
                    assertThat(bench.counters.get(Counter.LINE_UP)).isEqualTo(1);
                    assertThat(bench.sensor.reanchors()).isZero();
                    assertValues(walk, bench.got, foot);
                    assertRising(bench.got);
                    assertTimes(walk, bench, foot, startNs.get());
                    assertThat(bench.sensor.foot()).isEqualTo(foot);
                    assertThat(bench.sensor.hello()).isNotNull();
                }
            }
        }
    }

    private static void assertTimes(List<ImuSample> walk, Bench bench, Foot foot, long startNs) {
        // The least delay of a pseudo-terminal, with two threads to be woken on a busy machine.
        long leastDelayNs = 3_000_000;
        long allowedNs = bench.sensor.timeUncertaintyNs() + leastDelayNs;
        int outside = 0;
        for (ImuSample s : bench.got.subList(RATE_HZ, bench.got.size())) {
            long trueNs = startNs + walk.get(2 * s.seq + foot.ordinal()).timeNs;
            outside += Math.abs(s.timeNs - trueNs) > allowedNs ? 1 : 0;
        }
        assertThat(outside).isLessThan(bench.got.size() / 20);
    }

    @Test
    void shouldShowLossAsGapsAndSurviveGarbageOnTheLine() throws Exception {
        List<ImuSample> walk = walk(3);
        InsoleOptions options = InsoleOptions.in(folder).withFaults(0.1, 0.3, 7);
        try (InsoleEmulator insoles = new InsoleEmulator(walk, options, NanoClock.SYSTEM)) {
            insoles.start();
            try (Bench left = new Bench(insoles.portOf(Foot.LEFT), null)) {
                assertThat(insoles.join(20_000_000_000L)).isTrue();
                await(5, "all samples", () -> left.sensor.state() == SensorState.SILENT);
                left.drain();

                // Noise costs the frame it runs into as well.
                InsoleStatistics sent = insoles.statisticsOf(Foot.LEFT);
                assertThat(sent.samplesLost()).isBetween(20L, 120L);
                assertThat(left.gaps()).isBetween(sent.samplesLost() - 10, sent.samplesLost() + 300);
                assertThat(left.counters.get(Counter.SAMPLES_LOST)).isEqualTo(left.gaps());
                assertThat(left.counters.get(Counter.FRAMES_BAD)).isPositive();
                assertThat(left.got).hasSizeGreaterThan(RATE_HZ);
                assertValues(walk, left.got, Foot.LEFT);
                assertRising(left.got);
            }
        }
    }

    @Test
    void shouldPickUpAnInsoleWithinTwoSecondsOfPluggingItInAgain() throws Exception {
        List<Unplug> unplugs = List.of(new Unplug(Foot.LEFT, 1.0, 0.6, false), new Unplug(Foot.RIGHT, 1.0, 0.6, true));
        InsoleOptions options =
                InsoleOptions.in(folder).withLoop(true).withClock(0, 5_000_000).withUnplugs(unplugs);
        try (InsoleEmulator insoles = new InsoleEmulator(walk(2), options, NanoClock.SYSTEM)) {
            insoles.start();
            try (Bench left = new Bench(insoles.portOf(Foot.LEFT), null);
                    Bench right = new Bench(insoles.portOf(Foot.RIGHT), null)) {
                for (Foot foot : Foot.values()) {
                    Bench bench = foot == Foot.LEFT ? left : right;
                    await(3, "loss noticed", () -> bench.counters.get(Counter.LINE_DOWN) == 1);
                    await(3, "plugged in", () -> insoles.statisticsOf(foot).plugIns() == 2);
                    int before = bench.drain();
                    await(2, "picked up", () -> bench.drain() > before);
                    await(2, "state", () -> bench.sensor.state() == SensorState.FLOWING);
                    assertThat(bench.counters.get(Counter.LINE_UP)).isEqualTo(2);
                }
                await(2, "more", () -> left.drain() > 3 * RATE_HZ / 2 && right.drain() > 3 * RATE_HZ / 2);
                // The left insole went on counting on its battery; the right one lost power and started over.
                assertThat(left.counters.get(Counter.SAMPLES_LOST)).isGreaterThan(RATE_HZ / 3);
                assertThat(left.sensor.reanchors()).isZero();
                assertThat(right.counters.get(Counter.SAMPLES_LOST)).isZero();
                assertThat(right.sensor.reanchors()).isEqualTo(1);
                assertRising(left.got);
                assertRising(right.got);
            }
        }
    }

    @Test
    void shouldWaitForALineThatIsNotThereYet() throws Exception {
        try (InsoleEmulator insoles =
                        new InsoleEmulator(walk(1), InsoleOptions.in(folder).withLoop(true), NanoClock.SYSTEM);
                Bench left = new Bench(insoles.portOf(Foot.LEFT), Foot.LEFT)) {
            await(1, "absent", () -> left.sensor.state() == SensorState.ABSENT);
            assertThat(left.counters.get(Counter.LINE_UP)).isZero();
            insoles.start();
            await(2, "flowing", () -> left.drain() > 0);
            assertThat(left.sensor.state()).isEqualTo(SensorState.FLOWING);
        }
    }

    @Test
    void shouldHoldBackReadingsOfAnInsoleForTheOtherFoot() throws Exception {
        try (InsoleEmulator insoles =
                new InsoleEmulator(walk(1), InsoleOptions.in(folder).withLoop(true), NanoClock.SYSTEM)) {
            insoles.start();
            try (Bench wrong = new Bench(insoles.portOf(Foot.LEFT), Foot.RIGHT)) {
                await(3, "wrong foot", () -> wrong.sensor.state() == SensorState.WRONG_FOOT);
                assertThat(wrong.drain()).isZero();
                assertThat(wrong.sensor.foot()).isNull();
            }
        }
    }

    @Test
    void shouldNeitherWaitNorPileUpWhenNobodyListens() throws Exception {
        try (InsoleEmulator insoles =
                new InsoleEmulator(walk(1), InsoleOptions.in(folder).withLoop(true), NanoClock.SYSTEM)) {
            insoles.start();
            await(3, "unheard", () -> insoles.statisticsOf(Foot.LEFT).samplesUnheard() > RATE_HZ);
            assertThat(insoles.statistics().samplesSent()).isZero();
            try (Bench left = new Bench(insoles.portOf(Foot.LEFT), Foot.LEFT)) {
                await(3, "first", () -> left.drain() > 0);
                // What was made before the START is gone, not delivered late.
                assertThat(left.got.getFirst().seq).isGreaterThan(RATE_HZ / 2);
            }
        }
    }

    @Test
    void shouldLeaveNothingBehind() throws Exception {
        long before = pseudoTerminals();
        try (InsoleEmulator insoles =
                new InsoleEmulator(walk(1), InsoleOptions.in(folder).withLoop(true), NanoClock.SYSTEM)) {
            insoles.start();
            assertThat(insoles.portOf(Foot.LEFT)).isSymbolicLink();
            try (Bench left = new Bench(insoles.portOf(Foot.LEFT), Foot.LEFT)) {
                await(3, "first", () -> left.drain() > 0);
                assertThat(pseudoTerminals()).isGreaterThan(before);
            }
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(pseudoTerminals()).isEqualTo(before);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("insole ")
                        || thread.getName().startsWith("sensor " + folder));
    }

    private static long pseudoTerminals() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(fd -> {
                        try {
                            String target = Files.readSymbolicLink(fd).toString();
                            return target.startsWith("/dev/pts/") || target.startsWith("/dev/ptmx");
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .count();
        }
    }
}
