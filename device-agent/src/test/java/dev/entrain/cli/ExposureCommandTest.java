package dev.entrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From datasheets to the level and the dose a technician reads. */
class ExposureCommandTest {
    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int entrain(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    private String config() throws IOException {
        return Files.writeString(dir.resolve("agent.toml"), """
                state_dir = '%s'
                [sensor.left]
                port = '/dev/null'
                [audio]
                level_db_spl = 65
                """.formatted(dir.resolve("state")))
                .toString();
    }

    @Test
    void shouldTellLevelAndDoseOnceTheHeadphonesAreCalibrated() throws IOException {
        assertThat(entrain("exposure", "--config", config())).isZero();
        assertThat(out.toString()).contains("not calibrated", "7 days       0.00 %");

        String[] datasheet = {
            "calibrate", "headphones", "--config", config(), "--sensitivity", "115", "--full-scale-v", "0.5"
        };
        assertThat(entrain(datasheet)).isZero();
        String hour = Files.getLastModifiedTime(dir.resolve("agent.toml"))
                .toInstant()
                .truncatedTo(ChronoUnit.HOURS)
                .toString();
        Files.writeString(dir.resolve("state/exposure.json"), """
                {"version": 1, "clock_utc": "%s", "clock_right": true, "boot": "b", "monotonic_ns": 1,
                 "times_reached": 1, "hours": [{"from_utc": "%s", "s_at_80_dba": 158400,
                 "s_at_80_dba_assumed": 1440, "clock_right": true}]}
                """.formatted(hour, hour));
        assertThat(entrain("exposure", "--config", config())).isZero();
        assertThat(out.toString())
                .contains("109.0 dB SPL", "a beat is 65.0 dB(A)", "110.00 %", "1.00 %", "reached once", "3 dB softer");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldRefuseAnImplausibleMeasurementAndKeepNothing() throws IOException {
        assertThat(entrain("calibrate", "headphones", "--config", config(), "--reading", "20"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("reading", "nothing is kept").doesNotContain("Exception");
        assertThat(dir.resolve("state").resolve("outputs.json")).doesNotExist();
    }
}
