package dev.entrain.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.walk.SensorOptions;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkScenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes a simulated walk as Physilog and OptoGait would have, on two clocks. */
class TripodOriginalTest {
    private static final double RATE_HZ = 128;
    private static final double OPTOGAIT_BEHIND_S = -7.25;

    @TempDir
    Path dir;

    private ImportRoom room;
    private final List<double[]> contacts = new ArrayList<>();

    @BeforeEach
    void setUp() {
        room = new ImportRoom(dir);
    }

    private void walk() throws IOException {
        WalkModel model = new WalkModel(
                WalkScenario.named("healthy"),
                new WalkOptions(RATE_HZ, 40, 3, SensorOptions.typical()),
                new TruthSink() {
                    @Override
                    public void onEvent(GaitEvent.Kind kind, Foot foot, long timeNs) {
                        if (kind == GaitEvent.Kind.INITIAL_CONTACT) {
                            contacts.add(new double[] {timeNs * 1e-9, foot.ordinal()});
                        }
                    }

                    @Override
                    public void onStride(Foot foot, long startNs, long endNs, double lengthM) {}

                    @Override
                    public void onTurn(long startNs, long endNs, double angleDeg) {}
                });
        List<List<String>> feet = List.of(physilog(), physilog());
        ImuSample sample = new ImuSample();
        while (model.next(sample)) {
            feet.get(sample.foot.ordinal()).add(row(sample));
        }
        feet.getFirst().remove(100);
        room.file("TRIPOD/Sub_XY/PWS+20/IMU/LF.csv", feet.get(0).toArray(String[]::new));
        room.file("TRIPOD/Sub_XY/PWS+20/IMU/RF.csv", feet.get(1).toArray(String[]::new));
        room.file("TRIPOD/Sub_XY/PWS+20/OptoGait/optogait.csv", optogait());
    }

    private static List<String> physilog() {
        return new ArrayList<>(List.of(
                "Gait Up - Physilog data export",
                "",
                "Time [128 hz],Gyro [128 hz],,,Accel [128 hz],,,Event [128 hz]",
                "Time,Gyro X,Gyro Y,Gyro Z,Accel X,Accel Y,Accel Z,",
                "[s],[deg/s],[deg/s],[deg/s],[g],[g],[g],"));
    }

    private static String row(ImuSample sample) {
        return String.format(
                Locale.ROOT,
                "%.5f,%.5f,%.5f,%.5f,%.5f,%.5f,%.5f,",
                sample.timeNs * 1e-9,
                Math.toDegrees(sample.gxRadps),
                Math.toDegrees(sample.gyRadps),
                Math.toDegrees(sample.gzRadps),
                sample.axMps2 / 9.80665,
                sample.ayMps2 / 9.80665,
                sample.azMps2 / 9.80665);
    }

    private String[] optogait() {
        List<String> lines = new ArrayList<>();
        lines.add(",#,L/R,Split,TStance,Stride,StrideTime\\Cycle");
        lines.add("0,External trigger,START,,,,");
        double[] last = {Double.NaN, Double.NaN};
        for (int i = 0; i < contacts.size(); i++) {
            int foot = (int) contacts.get(i)[1];
            double timeS = contacts.get(i)[0] + OPTOGAIT_BEHIND_S;
            String stride =
                    Double.isNaN(last[foot]) ? "1790," : String.format(Locale.ROOT, "125,%.3f", timeS - last[foot]);
            lines.add(String.format(
                    Locale.ROOT, "%d,%d,%s,%.3f,0.700,%s", i + 1, i + 1, foot == 0 ? "L" : "R", timeS, stride));
            last[foot] = timeS;
        }
        return lines.toArray(String[]::new);
    }

    @Test
    void shouldPutTheContactsOnTheClockOfTheSensors() throws IOException {
        walk();
        assertThat(room.run(new TripodOriginal())).isEqualTo(new ImportRun.Summary(1, 0));
        double[] imported = room.lines("tripod/XY_PWS+20", "truth.csv").stream()
                .filter(line -> line.endsWith(",IC"))
                .mapToDouble(line -> Double.parseDouble(line.substring(0, line.indexOf(','))))
                .toArray();
        double[] made = contacts.stream().mapToDouble(contact -> contact[0]).toArray();
        assertThat(imported).hasSameSizeAs(made).hasSizeGreaterThan(50);
        Arrays.sort(imported);
        for (int i = 0; i < made.length; i++) {
            assertThat(imported[i]).isCloseTo(made[i], within(0.04));
        }
        assertThat(room.facts("tripod/XY_PWS+20").get("clock").asText()).isEqualTo("fit");
    }

    @Test
    void shouldTurnGravitiesIntoMetresAndKeepTheHoleOfALostReading() throws IOException {
        walk();
        room.run(new TripodOriginal());
        List<ImuSample> samples = room.samples("tripod/XY_PWS+20");
        double[] standing = samples.stream()
                .limit(20)
                .mapToDouble(s -> Math.hypot(Math.hypot(s.axMps2, s.ayMps2), s.azMps2))
                .toArray();
        assertThat(Arrays.stream(standing).average().orElseThrow()).isCloseTo(9.8, within(0.5));
        int[] left = samples.stream()
                .filter(s -> s.foot == Foot.LEFT)
                .mapToInt(s -> s.seq)
                .toArray();
        int holes = 0;
        for (int i = 1; i < left.length; i++) {
            holes += left[i] - left[i - 1] - 1;
        }
        assertThat(holes).isEqualTo(1);
    }

    @Test
    void shouldLeaveOutTheLengthOfTheStepOntoTheBelt() throws IOException {
        walk();
        room.run(new TripodOriginal());
        assertThat(room.lines("tripod/XY_PWS+20", "strides.csv").stream().skip(1))
                .hasSize(contacts.size() - 2)
                .allMatch(line -> line.endsWith(",1.2500"));
    }

    @Test
    void shouldRefuseOtherUnits() throws IOException {
        walk();
        List<String> lines = physilog();
        lines.set(4, lines.get(4).replace("[g]", "[mg]"));
        room.file("TRIPOD/Sub_XY/PWS+20/IMU/LF.csv", lines.toArray(String[]::new));
        room.run(new TripodOriginal());
        assertThat(room.damages.getFirst()).contains("LF.csv:5", "[deg/s] and [g]");
    }
}
