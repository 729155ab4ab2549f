package dev.entrain.check;

import static dev.entrain.check.Found.expect;
import static dev.entrain.check.Found.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.LineConfig;
import dev.entrain.sim.insole.InsoleEmulator;
import dev.entrain.sim.insole.InsoleOptions;
import dev.entrain.sim.pty.Pty;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sensors on pseudo-terminals, opened by the check itself. */
@Timeout(40)
class SensorCheckTest {
    @TempDir
    private Path dir;

    /** Two insoles on a table, with the noise of an LSM6DSOX. */
    private static List<ImuSample> still() {
        Random noise = new Random(1);
        List<ImuSample> samples = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            for (int f = 0; f < Foot.COUNT; f++) {
                ImuSample s = new ImuSample();
                s.foot = Foot.of(f);
                s.timeNs = i * 5_000_000L + f * 2_000_000L;
                s.seq = i;
                s.axMps2 = 0.01 * noise.nextGaussian();
                s.ayMps2 = 0.01 * noise.nextGaussian();
                s.azMps2 = 9.81 + 0.01 * noise.nextGaussian();
                s.gxRadps = 0.001 * noise.nextGaussian();
                s.gyRadps = 0.001 * noise.nextGaussian();
                s.gzRadps = 0.001 * noise.nextGaussian();
                samples.add(s);
            }
        }
        return samples;
    }

    private static List<Finding> look(Path left, Path right) {
        return SensorCheck.opening(
                        List.of(LineConfig.entrain(left, Foot.LEFT), LineConfig.entrain(right, Foot.RIGHT)),
                        device -> {
                            throw new AssertionError("no chip is set up");
                        },
                        NanoClock.SYSTEM)
                .look();
    }

    private InsoleEmulator insoles(double loss) throws IOException {
        InsoleEmulator insoles = new InsoleEmulator(
                still(), InsoleOptions.in(dir).withLoop(true).withFaults(loss, 0, 3), NanoClock.SYSTEM);
        insoles.start();
        return insoles;
    }

    @Test
    void shouldFindGoodSensorsGood() throws Exception {
        try (InsoleEmulator insoles = insoles(0)) {
            List<Finding> findings = look(insoles.portOf(Foot.LEFT), insoles.portOf(Foot.RIGHT));
            for (Foot foot : Foot.values()) {
                String area = "sensor " + foot.word();
                expect(in(findings, area, "line"), Verdict.OK, "firmware emulated", "");
                expect(in(findings, area, "rate"), Verdict.OK, "of 200", "");
                expect(in(findings, area, "loss"), Verdict.OK, "0.00 %", "");
                expect(in(findings, area, "noise"), Verdict.OK, "gravity 1.00 g", "");
                expect(in(findings, area, "battery"), Verdict.OK, "87 %", "");
                assertThat(in(findings, area, "clock").value()).contains("ppm");
            }
        }
    }

    @Test
    void shouldTellOfALineThatLosesReadings() throws Exception {
        try (InsoleEmulator insoles = insoles(0.2)) {
            List<Finding> findings = look(insoles.portOf(Foot.LEFT), insoles.portOf(Foot.RIGHT));
            expect(in(findings, "sensor left", "loss"), Verdict.FAIL, "%", "cable");
        }
    }

    @Test
    void shouldTellOfFeetThatAreExchanged() throws Exception {
        try (InsoleEmulator insoles = insoles(0)) {
            List<Finding> findings = look(insoles.portOf(Foot.RIGHT), insoles.portOf(Foot.LEFT));
            expect(in(findings, "sensor left", "line"), Verdict.FAIL, "for the other foot", "Exchange the two insoles");
            expect(in(findings, "sensor right", "line"), Verdict.FAIL, "for the other foot", "Exchange");
        }
    }

    @Test
    void shouldTellAWrongPortFromASilentSensor() throws Exception {
        Path file = Files.writeString(dir.resolve("file"), "no line");
        try (Pty nobody = new Pty()) {
            List<Finding> findings = look(nobody.path(), dir.resolve("none"));
            expect(in(findings, "sensor left", "line"), Verdict.FAIL, "no readings come", "Switch the insole on");
            expect(
                    in(findings, "sensor right", "line"),
                    Verdict.FAIL,
                    "there is no such serial line",
                    "Plug the sensor in");
        }
        List<Finding> findings = look(file, dir.resolve("none"));
        expect(in(findings, "sensor left", "line"), Verdict.FAIL, "is not a serial line", "Correct the path");
    }

    @Test
    void shouldTakeTheRunningAgentsWord() throws Exception {
        List<Finding> findings = SensorCheck.of(SystemChecksTest.agent("""
                {"sensors": [
                  {"foot": "left", "connection": "/dev/ttyUSB0", "state": "flowing", "rate_hz": 180.2,
                   "nominal_rate_hz": 200, "loss_pct": 1.2, "skew_ppm": 31, "uncertainty_us": 1200, "reanchors": 7,
                   "temperature_c": 66, "battery_pct": 9, "faults": ["imu_self_test"], "swapped": 0.97},
                  {"foot": "right", "connection": "/dev/ttyUSB1", "state": "absent",
                   "problem": "no right to open /dev/ttyUSB1; add the user to group dialout, or install the udev rule"}]}""")).look();
        expect(in(findings, "sensor left", "rate"), Verdict.WARN, "180.2 Hz of 200", "off and on");
        expect(in(findings, "sensor left", "loss"), Verdict.WARN, "1.20 %", "cable");
        expect(in(findings, "sensor left", "clock"), Verdict.WARN, "anchored anew 7 times", "restarts");
        expect(in(findings, "sensor left", "temperature"), Verdict.WARN, "66 C", "room temperature");
        expect(in(findings, "sensor left", "battery"), Verdict.WARN, "9 %", "Charge");
        expect(in(findings, "sensor left", "faults"), Verdict.WARN, "imu self test", "exchange");
        expect(in(findings, "sensor right", "line"), Verdict.FAIL, "no right to open", "group dialout");
        expect(in(findings, "sensor", "feet"), Verdict.WARN, "look exchanged", "left insole in the left shoe");
    }
}
