package dev.entrain.gait.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitEvent.Kind;
import dev.entrain.gait.GaitRecord;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.SyntheticWalk;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairTrackerTest {
    /** The curve's landing lobe reaches 70 % of its trough 25 ms after the reversal; the touch is told half way. */
    private static final double TOUCH_WITHIN_S = 0.025;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void shouldFindEveryContactWithoutBeingToldTheMounting(long rotationSeed) {
        SyntheticWalk walk = new SyntheticWalk();
        walk.rotationSeed = rotationSeed;
        walk.jitterS = 0.03;
        GaitRecord record = GaitRecord.of(walk.samples());
        assertEveryContact(walk, record, 0);
    }

    @Test
    void shouldTellTheSameWhateverTheMounting() {
        SyntheticWalk walk = new SyntheticWalk();
        walk.jitterS = 0.03;
        GaitRecord straight = GaitRecord.of(walk.samples());
        for (int seed = 1; seed < 10; seed++) {
            walk.rotationSeed = seed;
            GaitRecord rotated = GaitRecord.of(walk.samples());
            assertThat(rotated.events).hasSameSizeAs(straight.events);
            for (int i = 0; i < straight.events.size(); i++) {
                assertThat(rotated.events.get(i).kind())
                        .isEqualTo(straight.events.get(i).kind());
                assertThat(rotated.events.get(i).timeNs())
                        .isCloseTo(straight.events.get(i).timeNs(), within(100_000L));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {50, 64, 100, 128, 204.8, 400})
    void shouldFindTheSameContactsAtEverySampleRate(double rateHz) {
        SyntheticWalk walk = new SyntheticWalk();
        walk.rateHz = rateHz;
        walk.jitterS = 0.03;
        assertEveryContact(walk, GaitRecord.of(walk.samples()), 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05})
    void shouldKeepItsContactsWhenPacketsAreLost(double lostShare) {
        SyntheticWalk walk = new SyntheticWalk();
        walk.strides = 40;
        walk.lostShare = lostShare;
        assertEveryContact(walk, GaitRecord.of(walk.samples()), 1);
    }

    @Test
    void shouldKeepItsContactsWhenTheGyroscopeClips() {
        SyntheticWalk walk = new SyntheticWalk();
        walk.clipRadps = 4.4;
        assertEveryContact(walk, GaitRecord.of(walk.samples()), 0);
    }

    @Test
    void shouldFindSlowPareticSwings() {
        SyntheticWalk walk = new SyntheticWalk();
        walk.strideS = 2.2;
        walk.swingPeakRadps = 1.75;
        walk.pushShare = 0.95;
        assertEveryContact(walk, GaitRecord.of(walk.samples()), 0);
    }

    @Test
    void shouldFollowAWalkerWhoSlowsToHalfSpeed() {
        SyntheticWalk walk = new SyntheticWalk();
        walk.slowFactor = 2;
        assertEveryContact(walk, GaitRecord.of(walk.samples()), 0);
    }

    @Test
    void shouldWorkWithoutGravityAndWithGyroscopeBias() {
        SyntheticWalk walk = new SyntheticWalk();
        walk.gravity = false;
        walk.biasRadps = 0.06;
        walk.rotationSeed = 5;
        GaitRecord record = GaitRecord.of(walk.samples());
        assertEveryContact(walk, record, 0);
        assertThat(record.strides)
                .isNotEmpty()
                .allSatisfy(stride -> assertThat(stride.lengthM()).isNaN());
    }

    @Test
    void shouldFindFinalContactsAtTheEndOfPushOff() {
        SyntheticWalk walk = new SyntheticWalk();
        walk.jitterS = 0.03;
        GaitRecord record = GaitRecord.of(walk.samples());
        for (Foot foot : Foot.values()) {
            List<Double> found = record.times(Kind.FINAL_CONTACT, foot, walk.originNs);
            List<Double> truth = walk.leaves.get(foot.ordinal());
            assertThat(found).hasSameSizeAs(truth);
            for (int i = 0; i < truth.size(); i++) {
                assertThat(found.get(i)).isCloseTo(truth.get(i), within(0.05));
            }
        }
    }

    @Test
    void shouldSeeNoStepsInAStandingPerson() {
        List<ImuSample> samples = new ArrayList<>();
        Random random = new Random(3);
        double sway = 0;
        for (int i = 0; i < 12_000; i++) {
            double t = i * 0.005;
            // Sway, and every 6 s a shift of weight that lifts the heel by some degrees and puts it down again.
            sway += 0.02 * (random.nextGaussian() - sway);
            double shift = t % 6 < 1 ? 0.7 * Math.sin(2 * Math.PI * (t % 6)) : 0;
            ImuSample sample = new ImuSample();
            sample.foot = Foot.of(i % 2);
            sample.timeNs = Math.round(t * 1e9);
            sample.seq = i / 2;
            sample.azMps2 = 9.81;
            sample.gyRadps = shift + sway;
            sample.gxRadps = 0.3 * shift;
            samples.add(sample);
        }
        GaitRecord record = GaitRecord.of(samples);
        assertThat(record.events).isEmpty();
        assertThat(record.strides).isEmpty();
    }

    @Test
    void shouldNotChangeADecisionWhenTheInputIsCut() {
        SyntheticWalk walk = new SyntheticWalk();
        walk.jitterS = 0.03;
        List<ImuSample> samples = walk.samples();
        GaitRecord whole = GaitRecord.of(samples);
        for (int cut = 37; cut < samples.size(); cut += 211) {
            GaitRecord part = GaitRecord.of(samples.subList(0, cut));
            assertThat(part.events).isEqualTo(whole.events.subList(0, part.events.size()));
            assertThat(part.predictions).isEqualTo(whole.predictions.subList(0, part.predictions.size()));
            assertThat(part.strides).isEqualTo(whole.strides.subList(0, part.strides.size()));
            assertThat(part.phases).isEqualTo(whole.phases.subList(0, cut));
            long lastNs = samples.get(cut - 1).timeNs;
            assertThat(whole.events.subList(part.events.size(), whole.events.size()))
                    .allSatisfy(event -> assertThat(event.decidedNs()).isGreaterThanOrEqualTo(lastNs));
        }
        assertThat(whole.events)
                .allSatisfy(event -> assertThat(event.decidedNs()).isGreaterThanOrEqualTo(event.timeNs()));
    }

    @Test
    void shouldGiveAPhaseThatOnlyRunsForwardsWithinAStride() {
        SyntheticWalk walk = new SyntheticWalk();
        walk.jitterS = 0.03;
        GaitRecord record = GaitRecord.of(walk.samples());
        for (Foot foot : Foot.values()) {
            double last = Double.NaN;
            int rounds = 0;
            for (GaitRecord.Phase phase : record.phases) {
                if (phase.foot() != foot || Double.isNaN(phase.phase())) {
                    continue;
                }
                assertThat(phase.phase()).isBetween(0.0, 0.9999);
                if (phase.phase() < last) {
                    assertThat(last).isGreaterThan(0.8);
                    assertThat(phase.phase()).isLessThan(0.2);
                    rounds++;
                }
                last = phase.phase();
            }
            assertThat(rounds).isBetween(walk.strides - 3, walk.strides - 1);
            double firstS = walk.contacts.get(foot.ordinal()).get(0);
            assertThat(record.phases)
                    .filteredOn(p -> p.foot() == foot && (p.timeNs() - walk.originNs) * 1e-9 < firstS)
                    .allSatisfy(p -> assertThat(p.phase()).isNaN());
        }
    }

    @Test
    void shouldPredictContactsWellAheadAndKnowHowWell() {
        SyntheticWalk walk = new SyntheticWalk();
        walk.strides = 120;
        walk.jitterS = 0.04;
        GaitRecord record = GaitRecord.of(walk.samples());
        int told = 0;
        int inside = 0;
        double worstS = 0;
        for (Foot foot : Foot.values()) {
            List<Double> truth = record.times(Kind.INITIAL_CONTACT, foot, walk.originNs);
            for (int i = 10; i < truth.size(); i++) {
                double touchS = truth.get(i);
                double errorS = Double.POSITIVE_INFINITY;
                long halfWidthNs = 0;
                for (GaitRecord.Prediction prediction : record.predictions) {
                    double decidedS = (prediction.decidedNs() - walk.originNs) * 1e-9;
                    if (prediction.foot() == foot && decidedS <= touchS - 0.15 && decidedS > truth.get(i - 1)) {
                        errorS = Math.abs((prediction.contactNs() - walk.originNs) * 1e-9 - touchS);
                        halfWidthNs = prediction.halfWidthNs();
                    }
                }
                worstS = Math.max(worstS, errorS);
                told++;
                inside += errorS * 1e9 <= halfWidthNs ? 1 : 0;
            }
        }
        assertThat(worstS).isLessThan(0.08);
        assertThat(inside / (double) told).isBetween(0.7, 0.9);
    }

    @Test
    void shouldMeasureStrides() {
        SyntheticWalk walk = new SyntheticWalk();
        walk.rateHz = 200;
        walk.noiseRadps = 0;
        walk.rotationSeed = 4;
        GaitRecord record = GaitRecord.of(walk.samples());
        assertThat(record.strides).hasSizeBetween(2 * walk.strides - 2, 2 * walk.strides);
        for (GaitRecord.Stride stride : record.strides) {
            assertThat(stride.lengthM()).isCloseTo(walk.lengthM, within(0.03));
            if (!Double.isNaN(stride.strideTimeS())) {
                assertThat(stride.strideTimeS()).isCloseTo(walk.strideS, within(0.01));
                assertThat(stride.stanceFraction()).isCloseTo(1 - SyntheticWalk.SWING, within(0.05));
            }
        }
    }

    @Test
    void shouldGoOnAfterASensorWasSilent() {
        SyntheticWalk walk = new SyntheticWalk();
        walk.strides = 30;
        List<ImuSample> samples = walk.samples();
        double fromS = 15;
        double toS = 18.3;
        samples.removeIf(s -> {
            double t = (s.timeNs - walk.originNs) * 1e-9;
            return s.foot == Foot.LEFT && t > fromS && t < toS;
        });
        GaitRecord record = GaitRecord.of(samples);
        List<Double> found = record.times(Kind.INITIAL_CONTACT, Foot.LEFT, walk.originNs);
        assertThat(found).noneMatch(t -> t > fromS + 0.01 && t < toS);
        List<Double> after = walk.contacts.get(0).stream()
                .filter(t -> t > toS + walk.strideS)
                .toList();
        for (double truth : after) {
            assertThat(found).anyMatch(t -> Math.abs(t - truth) < TOUCH_WITHIN_S);
        }
        assertThat(record.times(Kind.INITIAL_CONTACT, Foot.RIGHT, walk.originNs))
                .hasSize(walk.strides);
    }

    @Test
    void shouldLeaveOutReadingsThatComeTwiceOrAreNoNumbers() {
        SyntheticWalk walk = new SyntheticWalk();
        List<ImuSample> samples = walk.samples();
        GaitRecord clean = GaitRecord.of(samples);
        List<ImuSample> dirty = new ArrayList<>();
        for (ImuSample sample : samples) {
            dirty.add(sample);
            dirty.add(sample);
            ImuSample broken = new ImuSample();
            broken.copyFrom(sample);
            broken.timeNs += 1_000_000L;
            broken.gyRadps = Double.NaN;
            dirty.add(broken);
        }
        GaitRecord record = GaitRecord.of(dirty);
        assertThat(record.events).isEqualTo(clean.events);
        assertThat(record.phases).isEqualTo(clean.phases);
    }

    @Test
    void shouldStartAnewWhenTheClockJumpsBack() {
        SyntheticWalk walk = new SyntheticWalk();
        List<ImuSample> twice = new ArrayList<>(walk.samples());
        twice.addAll(walk.samples());
        GaitRecord record = GaitRecord.of(twice);
        for (Foot foot : Foot.values()) {
            assertThat(record.times(Kind.INITIAL_CONTACT, foot, walk.originNs)).hasSize(2 * walk.strides);
        }
    }

    @Test
    void shouldAllocateNothingPerSample() {
        SyntheticWalk walk = new SyntheticWalk();
        walk.strides = 60;
        walk.jitterS = 0.03;
        ImuSample[] samples = walk.samples().toArray(ImuSample[]::new);
        PairTracker tracker = new PairTracker();
        CountingSink sink = new CountingSink();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int half = samples.length / 2;
        for (int i = 0; i < half; i++) {
            tracker.onSample(samples[i], sink);
        }
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = half; i < samples.length; i++) {
            tracker.onSample(samples[i], sink);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(sink.calls).isGreaterThan(samples.length);
        assertThat(allocated).isZero();
    }

    /** Every contact is found once, none is invented, apart from at most {@code mayMiss} of each foot. */
    private static void assertEveryContact(SyntheticWalk walk, GaitRecord record, int mayMiss) {
        for (Foot foot : Foot.values()) {
            List<Double> found = record.times(Kind.INITIAL_CONTACT, foot, walk.originNs);
            List<Double> truth = walk.contacts.get(foot.ordinal());
            long missed = truth.stream()
                    .filter(t -> found.stream().noneMatch(d -> Math.abs(d - t) < TOUCH_WITHIN_S * walk.strideS))
                    .count();
            assertThat(missed).as("missed of %s, found %s", truth, found).isLessThanOrEqualTo(mayMiss);
            assertThat(found).hasSizeBetween(truth.size() - mayMiss, truth.size());
        }
    }

    /** Counts calls and keeps nothing. */
    private static final class CountingSink implements GaitSink {
        private int calls;

        @Override
        public void onGaitEvent(GaitEvent event) {
            calls++;
        }

        @Override
        public void onContactPrediction(ContactPrediction prediction) {
            calls++;
        }

        @Override
        public void onFootPhase(FootPhase phase) {
            calls++;
        }

        @Override
        public void onStride(StrideEstimate stride) {
            calls++;
        }
    }
}
