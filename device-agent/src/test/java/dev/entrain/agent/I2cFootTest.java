package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.config.AgentConfig;
import dev.entrain.health.Counter;
import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.realtime.RealTime;
import dev.entrain.remote.ClinicOrders;
import dev.entrain.remote.InForce;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.chip.ChipClock;
import dev.entrain.sim.chip.EmulatedBuses;
import dev.entrain.sim.chip.EmulatedLsm6;
import dev.entrain.sim.chip.RecordedMotion;
import dev.entrain.sim.insole.InsoleEmulator;
import dev.entrain.sim.insole.InsoleOptions;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent in real time with a chip on an I2C bus left and a serial insole right; chip and bus are emulated. */
class I2cFootTest {
    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";
    private static final Path BUS = Path.of("/dev/i2c-emulated");

    @TempDir
    Path dir;

    @Test
    @Timeout(60)
    void shouldWalkOnAChipLeftAndASerialInsoleRight() throws Exception {
        Path lines = Files.createDirectories(dir.resolve("lines"));
        AgentConfig config = AgentConfig.read(Files.writeString(dir.resolve("agent.toml"), """
                state_dir = '%s'
                [sensor.left]
                i2c = '%s'
                address = 0x6b
                chip = 'lsm6dsox'
                [sensor.right]
                port = '%s'
                [audio]
                output = "wav"
                wav_file = '%s'
                [telemetry]
                enabled = false
                """.formatted(
                        dir.resolve("state"), BUS, lines.resolve("insole-right"), dir.resolve("live.wav"))));
        List<ImuSample> walk = LiveAgentTest.walk("stand 1, walk 11", 12);
        List<ImuSample> right = walk.stream().filter(s -> s.foot == Foot.RIGHT).toList();
        EmulatedBuses buses = new EmulatedBuses(NanoClock.SYSTEM, ns -> {}, 5);
        buses.nack(0.01);
        LiveAgent agent = new LiveAgent(
                new InForce(config, null, 0),
                new ClinicOrders(config, BOOT, List::of),
                "test",
                null,
                NanoClock.SYSTEM,
                WallClock.SYSTEM,
                new RealTime(),
                buses);
        try (InsoleEmulator insole = new InsoleEmulator(right, InsoleOptions.in(lines), NanoClock.SYSTEM);
                agent) {
            agent.start();
            insole.start();
            buses.plug(
                    BUS,
                    0x6b,
                    new EmulatedLsm6(
                            ImuChip.LSM6DSOX,
                            new RecordedMotion(walk, Foot.LEFT, NanoClock.SYSTEM.nowNs()),
                            new ChipClock(0.02, 0),
                            true));
            assertThat(insole.join(40_000_000_000L)).isTrue();
        }
        assertThat(agent.counters().get(Counter.SAMPLES_LOST)).isZero();
        assertThat(agent.counters().get(Counter.BUS_FAULTS)).isPositive();
        assertThat(agent.counters().get(Counter.SAMPLES)).isGreaterThan(4_200);
        assertThat(agent.counters().get(Counter.STEPS)).isGreaterThan(10);
        assertThat(agent.counters().get(Counter.LINE_UP)).isEqualTo(2);
    }
}
