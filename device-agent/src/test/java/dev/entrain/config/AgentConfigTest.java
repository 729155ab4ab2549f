package dev.entrain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.audio.AudioConfig;
import dev.entrain.cue.CueConfig;
import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.sample.Foot;
import dev.entrain.sensor.Dialect;
import dev.entrain.sensor.I2cConfig;
import dev.entrain.sensor.LineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentConfigTest {
    private static final String LEFT = "[sensor.left]\nport = '/dev/ttyX'\n";

    @TempDir
    Path dir;

    private AgentConfig read(String toml) throws IOException, ConfigException {
        return AgentConfig.read(Files.writeString(dir.resolve("agent.toml"), toml));
    }

    @Test
    void shouldReadTheExampleWithEveryDefaultAsDocumented() throws ConfigException, IOException {
        AgentConfig example = AgentConfig.read(Path.of("..", "deploy", "agent.example.toml"));
        AgentConfig plain = read(LEFT);
        assertThat(example.cue()).isEqualTo(plain.cue()).isEqualTo(CueConfig.DEFAULT);
        assertThat(example.audio()).isEqualTo(plain.audio()).isEqualTo(AudioConfig.DEFAULT);
        assertThat(example.programme()).isNull();
        assertThat(read(LEFT + "[session]\nprogramme = \"stroke\"\n").programme())
                .isEqualTo("stroke");
        assertThat(example.telemetry()).isEqualTo(plain.telemetry());
        assertThat(example.sensors()).extracting(s -> s.foot()).containsExactly(Foot.LEFT, Foot.RIGHT);
        assertThat(example.sensors().getFirst())
                .isEqualTo(new LineConfig(Dialect.ENTRAIN, Path.of("/dev/entrain-left"), Foot.LEFT, 115_200, 200));
        assertThat(example.sha256()).hasSize(64).isNotEqualTo(plain.sha256());
    }

    @Test
    void shouldReadASensorOnAnI2cBus() throws ConfigException, IOException {
        AgentConfig both = read("""
                [sensor.left]
                i2c = '/dev/i2c-1'
                address = 0x6b
                chip = 'lsm6ds3tr-c'
                rate_hz = 104
                [sensor.right]
                i2c = '/dev/i2c-1'
                """);
        assertThat(both.sensors())
                .containsExactly(
                        new I2cConfig(Path.of("/dev/i2c-1"), 0x6b, ImuChip.LSM6DS3TR_C, Foot.LEFT, 104),
                        new I2cConfig(Path.of("/dev/i2c-1"), 0x6a, null, Foot.RIGHT, 208));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[cue]~tempo = 3|unknown key cue.tempo; known here: policy, tempo_spm, phase_correction, ahead_pct, coupling, lead_ms, fractal_cv_pct",
                "[cues]~|unknown key cues",
                "[cue]~coupling = 0.2|cue.coupling = 0.2: expected a number from 0 to 0.05 (share)",
                "[cue]~lead_ms = 300|cue.lead_ms = 300: expected a number from -100 to 100 (ms)",
                "[cue]~tempo_spm = 300|cue.tempo_spm = 300: expected a number from 40 to 160 (beats per minute)",
                "[cue]~policy = 'loud'|expected one of 'metronome', 'adaptive', 'oscillator', 'on_demand', 'fractal', 'step_locked'",
                "[audio]~level_dbfs = 0|audio.level_dbfs = 0: expected a number from -60 to -6",
                "[telemetry]~broker = 'here'|telemetry.broker = 'here': expected ssl://HOST:PORT or tcp://HOST:PORT",
                "[telemetry]~broker = 'tcp://here'|tcp://HOST:PORT",
                "[telemetry]~broker = 'ssl://here:8883'|needs ca, certificate and key",
                "[telemetry]~broker = 'ssl://here:8883'~ca = 'a.pem'~key = 'k.pem'|telemetry.certificate is missing",
                "[telemetry]~ca = 'a.pem'~certificate = 'c.pem'~key = 'k.pem'|takes no ca, certificate and key",
                "[sensor.right]~port = '/dev/ttyX'|both feet have the sensor at /dev/ttyX",
                "[sensor.right]~i2c = '/dev/i2c-1'~port = '/dev/x'|sensor.right.port and i2c are both set; keep the one",
                "[sensor.right]~i2c = '/dev/i2c-1'~address = 0x80|sensor.right.address = 128: expected a number from 8 to 119 (7-bit address of the chip, 0x08 to 0x77)",
                "[sensor.right]~i2c = '/dev/i2c-1'~chip = 'bmi270'|sensor.right.chip = 'bmi270': expected one of 'auto', 'lsm6dsox', 'lsm6ds3tr-c', 'icm-20948', 'mpu-6050', 'mpu-6500'",
                "[sensor.right]~i2c = '/dev/i2c-1'~baud = 115200|unknown key sensor.right.baud",
                "[sensor.right]~i2c = '/dev/i2c-1'~rate_hz = 833|sensor.right.rate_hz = 833: expected a number from 50 to 420 (Hz)",
                "[sensor.right]~prot = '/dev/ttyY'|unknown key sensor.right.prot",
                "[telemetry]~broker = 'tcp://here:70000'|tcp://HOST:PORT",
                "[telemetry]~enabled = 1|expected true or false",
                "[sensor.middle]~port='x'|unknown key sensor.middle",
                "[cue]~policy = |agent.toml:4: not TOML",
                "cue = 3|expected a table [cue]",
            })
    void shouldNameFileKeyAndExpectation(String toml, String told) {
        String lines = toml.replace('~', '\n');
        assertThatThrownBy(() -> read(toml.startsWith("cue =") ? lines + "\n" + LEFT : LEFT + lines))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("agent.toml")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).replace('"', '\''))
                        .contains(told));
    }

    @Test
    void shouldAskForASensor() {
        assertThatThrownBy(() -> read("")).hasMessageContaining("[sensor.left] or [sensor.right] is missing");
        assertThatThrownBy(() -> read("[sensor.left]\nbaud = 115200"))
                .hasMessageContaining("sensor.left.port is missing");
    }
}
