package dev.entrain.entrainment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LockDetectorTest {
    private static final long PERIOD_NS = 550_000_000L;
    private static final int SEEDS = 300;

    private final LockDetector detector = new LockDetector();
    private long beatNs = 1_000_000_000L;

    /** One step per beat; beyond half a period the nearest beat is another. */
    private void walk(double... asynchroniesS) {
        for (double asynchronyS : asynchroniesS) {
            beatNs += PERIOD_NS;
            step(Math.round(asynchronyS * 1e9));
        }
    }

    private void step(long fromBeatNs) {
        long nearestNs = Math.round((double) fromBeatNs / PERIOD_NS) * PERIOD_NS;
        detector.onStep(beatNs + fromBeatNs, true, fromBeatNs - nearestNs, PERIOD_NS);
    }

    private boolean lockedAfter(double[] series) {
        detector.reset();
        walk(series);
        return detector.locked();
    }

    private double share(LongFunction<double[]> walkerOfSeed) {
        int locked = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            locked += lockedAfter(walkerOfSeed.apply(seed)) ? 1 : 0;
        }
        return (double) locked / SEEDS;
    }

    @ParameterizedTest
    @CsvSource({"0.02, 0.3, 0.98", "0.04, 0.3, 0.95", "0.06, 0.4, 0.92", "0.08, 0.4, 0.88", "0.1, 0.5, 0.78"})
    void shouldCallALockedWalkerLocked(double sdS, double gain, double atLeast) {
        double share = share(seed -> new PhaseSeries(seed).locked(40, sdS, gain, 0));
        assertThat(share).isGreaterThanOrEqualTo(atLeast);
    }

    @ParameterizedTest
    @CsvSource({"0.04, 0.06", "0.06, 0.1"})
    void shouldCallAnUnevenWalkerLockedWhenEachFootKeepsItsPhase(double sdS, double footS) {
        double share = share(seed -> new PhaseSeries(seed).locked(40, sdS, 0.4, footS));
        assertThat(share).isGreaterThanOrEqualTo(0.94);
    }

    @ParameterizedTest
    @CsvSource({
        "-6, 0.02, 0.01",
        "-3, 0.02, 0.01",
        "-2, 0.02, 0.02",
        "-1, 0.02, 0.25",
        "1, 0.02, 0.25",
        "2, 0.02, 0.02",
        "3, 0.02, 0.01",
        "6, 0.02, 0.01",
        "2, 0.03, 0.06",
        "-4, 0.04, 0.04"
    })
    void shouldNotCallADriftingWalkerLocked(double fasterPct, double cv, double atMost) {
        double share = share(seed -> new PhaseSeries(seed).drifting(40, fasterPct, cv, 0));
        assertThat(share).isLessThanOrEqualTo(atMost);
    }

    @Test
    void shouldNotCallAnUnevenDriftingWalkerLocked() {
        double share = share(seed -> new PhaseSeries(seed).drifting(40, 2, 0.02, 0.08));
        assertThat(share).isLessThanOrEqualTo(0.02);
    }

    @Test
    void shouldNotCallRandomStepsLocked() {
        double share = share(seed -> new PhaseSeries(seed).random(40));
        assertThat(share).isLessThanOrEqualTo(0.03);
    }

    @Test
    void shouldBearMissedStepsAndStepsWithoutABeat() {
        int locked = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            detector.reset();
            PhaseSeries walker = new PhaseSeries(seed);
            Random random = walker.source();
            for (double asynchronyS : walker.locked(60, 0.04, 0.4, 0.06)) {
                beatNs += PERIOD_NS;
                int fate = random.nextInt(10);
                if (fate == 0) {
                    detector.onStep(beatNs, false, 0, 0);
                } else if (fate > 1) {
                    step(Math.round(asynchronyS * 1e9));
                }
            }
            locked += detector.locked() ? 1 : 0;
        }
        assertThat(locked).isGreaterThanOrEqualTo(SEEDS * 93 / 100);
    }

    @Test
    void shouldNoticeTheLossOfLockWithin14Seconds() {
        double latest = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            detector.reset();
            PhaseSeries walker = new PhaseSeries(seed);
            walk(walker.locked(60, 0.03, 0.4, 0));
            double atS = -0.04;
            int steps = 0;
            while (detector.locked() && steps < 40) {
                atS -= 0.03 * PhaseSeries.PERIOD_S + 0.01 * walker.source().nextGaussian();
                walk(atS);
                steps++;
            }
            latest = Math.max(latest, steps * PhaseSeries.PERIOD_S);
        }
        assertThat(latest).isLessThan(14);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15})
    void shouldSayNothingBeforeThereAreEnoughSteps(int steps) {
        walk(new double[steps]);

        assertThat(detector.known()).isFalse();
        assertThat(detector.locked()).isFalse();
        assertThat(detector.lockedShare()).isNaN();
        assertThat(detector.unlockedNs(beatNs + 1)).isZero();
    }

    @Test
    void shouldLockToAWalkerOnTheBeat() {
        walk(new double[LockDetector.FEWEST]);

        assertThat(detector.known()).isTrue();
        assertThat(detector.locked()).isTrue();
    }

    @Test
    void shouldCountUnlockedTimeFromTheLoss() {
        walk(new double[LockDetector.WINDOW]);
        while (detector.locked()) {
            walk(new PhaseSeries(beatNs).random(1));
        }
        long lostNs = beatNs;
        walk(new PhaseSeries(1).random(20));

        assertThat(detector.unlockedNs(beatNs) - (beatNs - lostNs)).isBetween(-PERIOD_NS, PERIOD_NS);
        assertThat(detector.unlockedNs(Long.MAX_VALUE))
                .as("who stands does not lose more")
                .isEqualTo(detector.unlockedNs(beatNs + 2 * LockDetector.FORGET_NS));
    }

    @Test
    void shouldBeginAnewAfterARest() {
        walk(new double[LockDetector.WINDOW]);
        beatNs += LockDetector.FORGET_NS;
        walk(0);

        assertThat(detector.known()).isFalse();
        assertThat(detector.locked()).isFalse();
    }

    @Test
    void shouldTellTheShareOfTheLastMinute() {
        walk(new double[140]);
        assertThat(detector.lockedShare()).isGreaterThan(0.98);

        walk(new PhaseSeries(3).random(140));
        assertThat(detector.lockedShare()).isLessThan(0.1);
    }

    @Test
    void shouldAllocateNothing() {
        double[] series = new PhaseSeries(1).locked(200, 0.04, 0.4, 0.05);
        walk(series);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double share = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (double asynchronyS : series) {
            beatNs += PERIOD_NS;
            step((long) (asynchronyS * 1e9));
            share += detector.lockedShare() + detector.unlockedNs(beatNs);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(1024);
        assertThat(share).isGreaterThan(0);
    }
}
