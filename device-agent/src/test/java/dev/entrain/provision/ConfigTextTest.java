package dev.entrain.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.config.AgentConfig;
import dev.entrain.sample.Foot;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTextTest {
    private static final Path EXAMPLE = Path.of("..", "deploy", "agent.example.toml");

    @TempDir
    Path dir;

    @Test
    void shouldChangeValuesAndKeepEveryComment() throws Exception {
        String example = Files.readString(EXAMPLE);
        ConfigText text = ConfigText.parse(example);

        text.set("audio", "device", "hw:CARD=Headphones");
        text.set("telemetry", "unit", "u-1");

        assertThat(comments(text.text())).isEqualTo(comments(example));
        assertThat(text.text()).contains("device = \"hw:CARD=Headphones\"").contains("unit = \"u-1\"    ");
    }

    @Test
    void shouldTurnAShownKeyIntoOneAndBack() {
        ConfigText text = ConfigText.parse("[audio]\n# level_db_spl = 65           # a beat, dB(A)\n\n[clinic]\n");

        text.set("audio", "level_db_spl", "60");
        assertThat(text.text()).contains("\nlevel_db_spl = 60             # a beat, dB(A)\n");
        text.off("audio", "level_db_spl");
        assertThat(text.text()).contains("\n# level_db_spl = 60             # a beat, dB(A)\n");
    }

    @Test
    void shouldPutAMissingKeyAtTheEndOfItsTableAndAMissingTableAtTheEnd() {
        ConfigText text = ConfigText.parse("[sensor.left]\nport = \"a\"\n\n[cue]\n");

        text.set("sensor.left", "baud", "115200");
        text.set("board", "button", "17");

        assertThat(text.text())
                .isEqualTo("[sensor.left]\nport = \"a\"\nbaud = 115200\n\n[cue]\n\n[board]\nbutton = 17\n");
    }

    @Test
    void shouldKeepWhatNoStepChose() throws Exception {
        ConfigText text = ConfigText.parse(Files.readString(EXAMPLE)
                .replace("policy = \"adaptive\"", "policy = \"metronome\"")
                .replace("# tempo_spm = 100", "tempo_spm = 92 "));
        text.remove("sensor.left");
        text.set("sensor.right", "port", "C:\\odd \"name\"");

        Path file = Files.writeString(dir.resolve("agent.toml"), text.text());
        AgentConfig read = AgentConfig.read(file);

        assertThat(read.cue().tempoSpm()).isEqualTo(92);
        assertThat(read.sensors()).hasSize(1);
        assertThat(read.sensors().getFirst().foot()).isEqualTo(Foot.RIGHT);
        assertThat(read.sensors().getFirst().port()).hasToString("C:\\odd \"name\"");
    }

    private static long comments(String text) {
        return text.lines().filter(line -> line.contains("# ")).count();
    }
}
