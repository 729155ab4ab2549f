package dev.entrain.sim.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.gait.GaitEvent.Kind;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.walk.WalkSegment.Slip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slipped and swapped sensors, severe asymmetry, freezing with festination, restless standing. */
class WalkHardCasesTest {
    private static final Gait GAIT = WalkPresets.healthy();

    private static Walked walked(String script, SensorOptions sensors) {
        return Walked.of(WalkScript.parse(script, GAIT, "test"), new WalkOptions(200, 20, 5, sensors));
    }

    @ParameterizedTest
    @EnumSource(Slip.Axis.class)
    void shouldTurnTheReadingsAsTheSensorTurns(Slip.Axis axis) {
        Walked still = walked("walk 10, walk 10", SensorOptions.ideal());
        Walked slipped = walked("walk 10, slip left 70 " + axis, SensorOptions.ideal());
        double rad = Math.toRadians(70);
        int from = 0;
        List<ImuSample> a = still.samples(Foot.LEFT);
        List<ImuSample> b = slipped.samples(Foot.LEFT);
        double turnedRad = 0;
        for (int i = 0; i < 2200; i++) {
            double[] one = Walked.row(a.get(i));
            double[] other = Walked.row(b.get(i));
            int about = 2 - axis.ordinal();
            turnedRad += (other[6 + about] - one[6 + about]) / 200;
            boolean same = Math.abs(one[3 + (about + 1) % 3] - other[3 + (about + 1) % 3]) < 1e-6;
            if (i * 5 < 9_900) {
                assertThat(same).as("row %d", i).isTrue();
            }
            if (i * 5 > 10_900) {
                from++;
                for (int first = 3; first <= 6; first += 3) {
                    double y = one[first + (about + 1) % 3];
                    double z = one[first + (about + 2) % 3];
                    // The readings turn against the sensor.
                    assertThat(other[first + about]).isCloseTo(one[first + about], within(1e-6));
                    assertThat(other[first + (about + 1) % 3])
                            .isCloseTo(y * Math.cos(rad) + z * Math.sin(rad), within(1e-5));
                    assertThat(other[first + (about + 2) % 3])
                            .isCloseTo(z * Math.cos(rad) - y * Math.sin(rad), within(1e-5));
                }
            }
        }
        assertThat(from).isPositive();
        assertThat(turnedRad).isCloseTo(rad, within(0.02));
        // The other foot knows nothing of it, and nobody's contacts change by more than the rounding of the decision.
        assertThat(slipped.contacts()).hasSameSizeAs(still.contacts());
    }

    @Test
    void shouldAddSlipsUp() {
        Walked back = walked("walk 4, slip left 70, walk 4, slip left -70, walk 20", SensorOptions.ideal());
        Walked still = walked("walk 4, walk 4, walk 20", SensorOptions.ideal());
        List<ImuSample> a = still.samples(Foot.LEFT);
        List<ImuSample> b = back.samples(Foot.LEFT);
        for (int i = 2200; i < a.size(); i++) {
            assertThat(b.get(i).gyRadps).isCloseTo(a.get(i).gyRadps, within(1e-4));
            assertThat(b.get(i).gxRadps).isCloseTo(a.get(i).gxRadps, within(1e-4));
        }
    }

    @Test
    void shouldWearSensorsOnTheWrongFeet() {
        Walked right = walked("stand 2, walk 30", SensorOptions.ideal());
        Walked wrong = walked("stand 2, walk 30", SensorOptions.ideal().withSwapped(true));
        assertThat(wrong.events).isEqualTo(right.events);
        List<ImuSample> a = right.samples(Foot.LEFT);
        List<ImuSample> b = wrong.samples(Foot.RIGHT);
        for (int i = 0; i < a.size(); i++) {
            assertThat(b.get(i).timeNs).isEqualTo(a.get(i).timeNs);
            assertThat(b.get(i).gyRadps).isEqualTo(a.get(i).gyRadps);
            assertThat(b.get(i).azMps2).isEqualTo(a.get(i).azMps2);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.4, -0.2, 0, 0.2, 0.4})
    void shouldLimpAsAsked(double asymmetry) {
        Gait gait = WalkPresets.severeStroke().withStepTimeAsymmetry(asymmetry);
        Walked walked = Walked.truthOf(gait, 900, 3);
        double left = Walked.mean(walked.stepTimesS(Foot.LEFT));
        double right = Walked.mean(walked.stepTimesS(Foot.RIGHT));
        assertThat((left - right) / (left + right)).isCloseTo(asymmetry, within(0.01));
        for (Foot foot : Foot.values()) {
            long[] off = walked.timesNs(Kind.FINAL_CONTACT, foot);
            long[] on = walked.timesNs(Kind.INITIAL_CONTACT, foot);
            for (int i = 0; i < on.length; i++) {
                assertThat(on[i] - off[i]).isGreaterThan(90_000_000L);
            }
        }
    }

    @Test
    void shouldHurryIntoAFreeze() {
        Gait gait = WalkPresets.parkinson();
        WalkScenario scenario = WalkScript.parse("stand 2, walk 12, festinate 5, freeze 6, walk 10", gait, "test");
        Walked walked = Walked.of(scenario, new WalkOptions(100, 40, 2, SensorOptions.typical()));
        long onNs = walked.timesNs(Kind.FREEZE_ON, Foot.LEFT).length > 0
                ? walked.timesNs(Kind.FREEZE_ON, Foot.LEFT)[0]
                : walked.timesNs(Kind.FREEZE_ON, Foot.RIGHT)[0];
        List<Walked.Stride> before =
                walked.strides.stream().filter(s -> s.endNs() < onNs).toList();
        Walked.Stride last = before.getLast();
        Walked.Stride usual = before.get(before.size() / 2);
        assertThat(last.lengthM()).isLessThan(0.5 * usual.lengthM());
        assertThat(last.endNs() - last.startNs()).isLessThan(usual.endNs() - usual.startNs());
    }

    @Test
    void shouldStandRestlesslyWithoutSteppingOrFreezing() {
        Walked walked = walked("fidget 20", SensorOptions.ideal());
        assertThat(walked.events).isEmpty();
        double greatest = walked.samples.stream()
                .mapToDouble(s -> Math.abs(s.gyRadps))
                .max()
                .orElseThrow();
        assertThat(greatest).isBetween(0.2, 2.0);
    }

    @ParameterizedTest
    @CsvSource({"parkinson-freezing,3", "parkinson-akinetic,2", "pauses,0", "slips,0"})
    void shouldMarkExactlyTheFreezesThereAre(String name, int freezes) {
        WalkScenario scenario = WalkScenario.named(name);
        Walked walked = Walked.of(scenario, new WalkOptions(50, scenario.nominalS(), 4, SensorOptions.typical()));
        assertThat(walked.events).filteredOn(e -> e.kind() == Kind.FREEZE_ON).hasSize(freezes);
        assertThat(walked.events).filteredOn(e -> e.kind() == Kind.FREEZE_OFF).hasSize(freezes);
    }

    @Test
    void shouldTellSlipsAndSwapsInItsDescription(@TempDir Path set) throws IOException {
        Path folder = set.resolve("model").resolve("a");
        WalkScenario scenario = WalkScript.parse("walk 5, slip right -30, walk 5", GAIT, "test");
        WalkFolder.write(
                folder,
                scenario,
                new WalkOptions(50, 10, 1, SensorOptions.ideal().withSwapped(true)));
        JsonNode json = new ObjectMapper().readTree(folder.resolve("truth.json").toFile());
        assertThat(json.path("dataset").asText()).isEqualTo("model");
        assertThat(json.path("trial").asText()).isEqualTo("a");
        assertThat(json.path("sensors_swapped").asBoolean()).isTrue();
        JsonNode slip = json.path("slips").get(0);
        assertThat(slip.get(0).asDouble()).isBetween(4.9, 6.0);
        assertThat(slip.get(2).asText()).isEqualTo("R");
        assertThat(slip.get(3).asDouble()).isEqualTo(-30);
        assertThat(Files.readAllLines(folder.resolve("truth.csv"))).hasSizeGreaterThan(30);
    }
}
