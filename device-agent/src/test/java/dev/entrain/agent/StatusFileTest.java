package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.bus.pi4j.Pi4jI2cBuses;
import dev.entrain.config.AgentConfig;
import dev.entrain.realtime.RealTime;
import dev.entrain.remote.ClinicOrders;
import dev.entrain.remote.InForce;
import dev.entrain.sim.insole.InsoleEmulator;
import dev.entrain.sim.insole.InsoleOptions;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StatusFileTest {
    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    private Path dir;

    @Test
    void shouldLieWhereTheServiceManagerSays() {
        assertThat(StatusFile.ofAgent(Map.of())).isNull();
        assertThat(StatusFile.ofAgent(Map.of("RUNTIME_DIRECTORY", "/run/entrain:/run/other")))
                .isEqualTo(Path.of("/run/entrain/status.json"));
        assertThat(StatusFile.ofOthers(Map.of())).isEqualTo(Path.of("/run/entrain/status.json"));
    }

    @Test
    @Timeout(60)
    void shouldTellOthersHowTheAgentDoesAndNothingOnceItIsOld() throws Exception {
        Path lines = Files.createDirectories(dir.resolve("lines"));
        AgentConfig config = AgentConfig.read(Files.writeString(dir.resolve("agent.toml"), """
                state_dir = '%s'
                [sensor.left]
                port = '%s'
                [audio]
                output = "wav"
                wav_file = '%s'
                [telemetry]
                enabled = false
                unit = "u-5"
                """.formatted(
                        dir.resolve("state"), lines.resolve("insole-left"), dir.resolve("live.wav"))));
        Path file = dir.resolve(StatusFile.NAME);
        long nowNs = 7 * SECOND_NS;
        try (InsoleEmulator insoles = new InsoleEmulator(
                        LiveAgentTest.walk("walk 20", 20),
                        InsoleOptions.in(lines).withLoop(true),
                        NanoClock.SYSTEM);
                LiveAgent agent = new LiveAgent(
                        new InForce(config, null, 0),
                        new ClinicOrders(config, BOOT, List::of),
                        "test",
                        null,
                        NanoClock.SYSTEM,
                        WallClock.SYSTEM,
                        new RealTime(),
                        new Pi4jI2cBuses());
                StatusFile status = new StatusFile(file, BOOT, () -> 6 * SECOND_NS)) {
            insoles.start();
            agent.start();
            long endNs = NanoClock.SYSTEM.nowNs() + 30 * SECOND_NS;
            JsonNode told;
            do { // Until the rate of the first seconds is known.
                LockSupport.parkNanos(50_000_000);
                status.write(agent.report().json(), nowNs);
                told = Objects.requireNonNull(RunningAgent.find(file, BOOT, nowNs + SECOND_NS))
                        .status();
            } while (!told.path("sensors").path(0).has("rate_hz") && NanoClock.SYSTEM.nowNs() - endNs < 0);
            JsonNode sensor = told.path("sensors").path(0);
            assertThat(sensor.path("foot").asText()).isEqualTo("left");
            assertThat(sensor.path("state").asText()).isEqualTo("flowing");
            assertThat(sensor.path("rate_hz").asDouble()).isBetween(150.0, 250.0);
            assertThat(sensor.path("battery_pct").asInt()).isEqualTo(87);
            assertThat(told.path("agent").path("unit").asText()).isEqualTo("u-5");
            assertThat(told.path("audio").path("rate_hz").asInt()).isEqualTo(48_000);
            assertThat(told.path("counters").path("samples").asLong()).isPositive();
            assertThat(told.path("broker").path("connected").asBoolean()).isFalse();

            assertThat(RunningAgent.find(file, BOOT, nowNs + 6 * SECOND_NS))
                    .as("an agent that stands still")
                    .isNull();
            assertThat(RunningAgent.find(file, "another boot", nowNs)).isNull();
            status.look(agent, 6 * SECOND_NS);
            assertThat(Objects.requireNonNull(RunningAgent.find(file, BOOT, 6 * SECOND_NS))
                            .ageNs())
                    .isZero();
        }
        assertThat(file).doesNotExist();
        assertThat(RunningAgent.find(file, BOOT, nowNs)).isNull();
        Files.writeString(file, "{ torn");
        assertThat(RunningAgent.find(file, BOOT, nowNs)).isNull();
    }
}
