package dev.entrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.agent.StatusFile;
import dev.entrain.journal.BootId;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands as a technician types them. */
@Timeout(40)
class DoctorCommandTest {
    @TempDir
    private Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    private String status(boolean active) throws IOException {
        return Files.writeString(dir.resolve(StatusFile.NAME), """
                        {"schema": 1, "boot_id": "%s", "written_ns": %d, "started_ns": 0, "session": {"active": %b},
                         "agent": {"version": "1.0", "unit": "u-1"}, "audio": {"state": "playing", "text": "card"},
                         "real_time": {"process_priority": 20, "render_priority": 60, "memory_locked": true},
                         "sensors": [{"foot": "left", "connection": "/dev/ttyUSB0", "state": "flowing", "rate_hz": 200}]}""".formatted(
                                BootId.read(BootId.KERNEL_FILE), NanoClock.SYSTEM.nowNs(), active))
                .toString();
    }

    @Test
    void shouldTellWhoUpdatesWhetherASessionGoesOn() throws IOException {
        assertThat(run("status", "--idle", "--file", status(false))).isZero();
        assertThat(run("status", "--idle", "--file", status(true))).isEqualTo(1);
        assertThat(run("status", "--file", status(true))).isZero();
        assertThat(out.toString()).contains("unit u-1", "goes on", "/dev/ttyUSB0: flowing, 200.0 Hz");
        assertThat(run("status", "--idle", "--file", dir.resolve("none.json").toString()))
                .isEqualTo(2);
        assertThat(out.toString()).contains("systemctl start entrain-agent");
    }

    @Test
    void shouldGoOnWithoutAConfigurationAndSayWhatToDo() {
        int exit = run(
                "doctor",
                "--config",
                dir.resolve("none.toml").toString(),
                "--status",
                dir.resolve("none.json").toString());
        assertThat(exit).isEqualTo(1);
        assertThat(out.toString())
                .contains("configuration", "no such file", "agent.example.toml", "version", "real time");
    }

    @Test
    void shouldTellProgramsEverythingInOneDocument() throws IOException {
        Path config =
                Files.writeString(dir.resolve("agent.toml"), """
                state_dir = '%s'
                [sensor.left]
                port = '%s'
                [audio]
                output = "wav"
                [telemetry]
                enabled = false
                unit = "u-1"
                """.formatted(dir.resolve("state"), dir.resolve("none")));
        assertThat(run("doctor", "--json", "--config", config.toString(), "--status", status(false)))
                .isZero();
        JsonNode all = new ObjectMapper().readTree(out.toString());
        assertThat(all.path("schema").asInt()).isEqualTo(1);
        assertThat(all.path("unit").asText()).isEqualTo("u-1");
        assertThat(all.path("agent_running").asBoolean()).isTrue();
        assertThat(all.path("verdict").asText()).isEqualTo("warn");
        assertThat(all.path("seconds").asDouble()).isLessThan(10);
        for (JsonNode finding : all.path("findings")) {
            assertThat(finding.fieldNames())
                    .toIterable()
                    .containsExactly("area", "item", "verdict", "value", "next_step");
        }
        assertThat(run(
                        "doctor",
                        "--config",
                        config.toString(),
                        "--status",
                        status(false),
                        "--bundle",
                        dir.resolve("no/such/folder.zip").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("can't be written", "name another place");
    }
}
