package dev.entrain.sim.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The readings against the truth that comes with them. */
class WalkSignalTest {
    private static Walked ideal(String scenario, double rateHz, double durationS) {
        return Walked.of(WalkScenario.named(scenario), new WalkOptions(rateHz, durationS, 3, SensorOptions.ideal()));
    }

    private static List<ImuSample> between(Walked walked, Foot foot, long fromNs, long toNs) {
        return walked.samples(foot).stream()
                .filter(s -> s.timeNs >= fromNs && s.timeNs <= toNs)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "demo,200,0.02",
        "healthy,200,0.02",
        "healthy,400,0.015",
        "healthy,100,0.06",
        "stroke,200,0.02",
        "parkinson,200,0.02",
        "parkinson-freezing,200,0.02",
        "ms,200,0.02"
    })
    void shouldWalkTheStrideLengthThatIntegrationFinds(String scenario, double rateHz, double toleranceM) {
        Walked walked = ideal(scenario, rateHz, 70);
        assertThat(walked.strides).hasSizeGreaterThan(50);
        for (Walked.Stride stride : walked.strides) {
            Strapdown found = new Strapdown(between(walked, stride.foot(), stride.startNs(), stride.endNs()));
            assertThat(found.horizontalM()).as("%s", stride).isCloseTo(stride.lengthM(), within(toleranceM));
            assertThat(found.position[2]).as("height after %s", stride).isCloseTo(0, within(3 * toleranceM));
        }
    }

    @Test
    void shouldIntegrateToTheSameStrideInAnyMounting() {
        SensorOptions turned = SensorOptions.ideal().withMounting(Mounting.any(11), Mounting.any(12));
        Walked walked = Walked.of(WalkScenario.named("healthy"), new WalkOptions(200, 20, 3, turned));
        assertThat(walked.strides).hasSizeGreaterThan(20);
        for (Walked.Stride stride : walked.strides) {
            Strapdown found = new Strapdown(between(walked, stride.foot(), stride.startNs(), stride.endNs()));
            assertThat(found.horizontalM()).isCloseTo(stride.lengthM(), within(0.02));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "healthy",
                "stroke",
                "stroke-severe",
                "parkinson",
                "parkinson-freezing",
                "parkinson-akinetic",
                "ms",
                "pauses"
            })
    void shouldReturnToLevelAfterEveryStride(String scenario) {
        Walked walked = ideal(scenario, 200, 60);
        for (Walked.Stride stride : walked.strides) {
            Strapdown found = new Strapdown(between(walked, stride.foot(), stride.startNs(), stride.endNs()));
            assertThat(Math.toDegrees(Math.acos(Math.min(1, found.r[2][2])))).isLessThan(1.0);
        }
    }

    @Test
    void shouldBePerfectlyStillAtMidStance() {
        Walked walked = ideal("healthy", 200, 30);
        for (Walked.Stride stride : walked.strides) {
            ImuSample s = between(walked, stride.foot(), stride.endNs(), stride.endNs() + 5_000_000L)
                    .getFirst();
            assertThat(new double[] {s.gxRadps, s.gyRadps, s.gzRadps, s.axMps2, s.ayMps2})
                    .containsOnly(0.0);
            assertThat(s.azMps2).isEqualTo(9.80665);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "healthy,LEFT,290,420",
        "stroke,LEFT,100,150",
        "stroke,RIGHT,240,340",
        "parkinson,LEFT,200,300",
        "ms,RIGHT,220,330"
    })
    void shouldSwingAsFastAsAsked(String scenario, Foot foot, double lowDps, double highDps) {
        Walked walked = ideal(scenario, 200, 20);
        long[] off = walked.timesNs(GaitEvent.Kind.FINAL_CONTACT, foot);
        long[] on = walked.timesNs(GaitEvent.Kind.INITIAL_CONTACT, foot);
        double[] peaks = new double[on.length - 1];
        for (int i = 1; i < on.length; i++) {
            peaks[i - 1] = between(walked, foot, off[i], on[i]).stream()
                    .mapToDouble(s -> Math.toDegrees(-s.gyRadps))
                    .max()
                    .orElseThrow();
        }
        assertThat(Walked.mean(peaks)).isBetween(lowDps, highDps);
    }

    @Test
    void shouldShowToeOffSwingAndLandingInThisOrder() {
        Walked walked = ideal("healthy", 200, 20);
        long[] off = walked.timesNs(GaitEvent.Kind.FINAL_CONTACT, Foot.LEFT);
        long[] on = walked.timesNs(GaitEvent.Kind.INITIAL_CONTACT, Foot.LEFT);
        for (int i = 0; i < on.length; i++) {
            double push = peak(walked, off[i] - 200_000_000L, off[i]);
            double middle = peak(walked, off[i] + 100_000_000L, on[i] - 50_000_000L);
            double land = peak(walked, on[i], on[i] + 130_000_000L);
            assertThat(push).isGreaterThan(350);
            assertThat(middle).isLessThan(0);
            assertThat(land).isBetween(120.0, 500.0);
        }
    }

    private static double peak(Walked walked, long fromNs, long toNs) {
        return between(walked, Foot.LEFT, fromNs, toNs).stream()
                .mapToDouble(s -> Math.toDegrees(s.gyRadps))
                .max()
                .orElseThrow();
    }

    @Test
    void shouldTurnByTheAskedAngle() {
        Walked walked = ideal("demo", 200, 40);
        assertThat(walked.turns).hasSize(1);
        Walked.Turned turn = walked.turns.getFirst();
        assertThat(turn.angleDeg()).isEqualTo(180);
        for (Foot foot : Foot.values()) {
            Walked.Stride first = walked.strides.stream()
                    .filter(s -> s.foot() == foot && s.endNs() > turn.startNs())
                    .findFirst()
                    .orElseThrow();
            Walked.Stride after = walked.strides.stream()
                    .filter(s -> s.foot() == foot && s.startNs() > turn.endNs())
                    .findFirst()
                    .orElseThrow();
            Strapdown found = new Strapdown(between(walked, foot, first.startNs(), after.startNs()));
            double missedRad = Math.abs(found.turnedRad()) - Math.PI;
            assertThat(Math.toDegrees(missedRad)).isCloseTo(0, within(8.0));
        }
    }

    @Test
    void shouldTakeGravityOffWhereAsked() {
        SensorOptions removed = SensorOptions.ideal().withGravityRemoved(true);
        WalkScenario scenario = WalkScenario.named("healthy");
        Walked without = Walked.of(scenario, new WalkOptions(100, 20, 3, removed));
        Walked with = Walked.of(scenario, new WalkOptions(100, 20, 3, SensorOptions.ideal()));
        assertThat(without.samples.getFirst().azMps2).isZero();
        for (int i = 0; i < with.samples.size(); i++) {
            ImuSample a = with.samples.get(i);
            ImuSample b = without.samples.get(i);
            double x = a.axMps2 - b.axMps2;
            double y = a.ayMps2 - b.ayMps2;
            double z = a.azMps2 - b.azMps2;
            assertThat(Math.sqrt(x * x + y * y + z * z)).isCloseTo(9.80665, within(1e-9));
        }
    }

    @Test
    void shouldClipAtFullScale() {
        SensorOptions small = SensorOptions.typical().withFullScale(20, 4);
        Walked walked = Walked.of(WalkScenario.named("healthy"), new WalkOptions(200, 20, 3, small));
        assertThat(walked.samples).allSatisfy(s -> {
            assertThat(Math.abs(s.axMps2)).isLessThanOrEqualTo(20);
            assertThat(Math.abs(s.gyRadps)).isLessThanOrEqualTo(4);
        });
        assertThat(walked.samples).anyMatch(s -> s.axMps2 == -20).anyMatch(s -> s.gyRadps == 4);
    }

    @Test
    void shouldHaveTheNoiseAndBiasOfItsSensors() {
        WalkScenario standing = new WalkScenario("still", "test", List.of(new WalkSegment.Stand(60)));
        SensorOptions noisy =
                new SensorOptions(0.05, 0.01, 0.1, 0.01, 0, 160, 35, false, Mounting.ALIGNED, Mounting.ALIGNED, false);
        Walked walked = Walked.of(standing, new WalkOptions(200, 60, 5, noisy));
        double[] gx =
                walked.samples(Foot.LEFT).stream().mapToDouble(s -> s.gxRadps).toArray();
        double[] az =
                walked.samples(Foot.LEFT).stream().mapToDouble(s -> s.azMps2).toArray();
        assertThat(Walked.sd(gx)).isCloseTo(0.01, within(0.0005));
        assertThat(Walked.sd(az)).isCloseTo(0.05, within(0.0025));
        assertThat(Walked.mean(gx)).isNotZero().isCloseTo(0, within(0.05));
        assertThat(Walked.mean(az)).isCloseTo(9.80665, within(0.5));
    }

    @Test
    void shouldTrembleOnTheSpotWhileFrozen() {
        Walked walked = ideal("parkinson-freezing", 200, 80);
        long[] on = walked.events.stream()
                .filter(e -> e.kind() == GaitEvent.Kind.FREEZE_ON)
                .mapToLong(Walked.Event::timeNs)
                .toArray();
        long[] off = walked.events.stream()
                .filter(e -> e.kind() == GaitEvent.Kind.FREEZE_OFF)
                .mapToLong(Walked.Event::timeNs)
                .toArray();
        assertThat(off).hasSize(3);
        for (int i = 0; i < off.length; i++) {
            long from = on[i];
            long to = off[i];
            assertThat(walked.events).noneMatch(e -> e.timeNs() > from && e.timeNs() < to);
            List<ImuSample> frozen = between(walked, Foot.LEFT, from, to);
            int jerks = 0;
            for (int k = 1; k < frozen.size(); k++) {
                jerks += frozen.get(k - 1).gyRadps <= 0 && frozen.get(k).gyRadps > 0 ? 1 : 0;
            }
            assertThat(jerks / ((to - from) * 1e-9)).isBetween(3.0, 8.0);
            assertThat(new Strapdown(frozen).horizontalM()).isLessThan(0.05);
        }
    }
}
