package dev.entrain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.device.BoardConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardTableTest {
    @TempDir
    Path dir;

    private BoardConfig read(String board) throws IOException, ConfigException {
        Path file = Files.writeString(dir.resolve("agent.toml"), "[sensor.left]\nport = '/dev/l'\n" + board);
        return AgentConfig.read(file).board();
    }

    @Test
    void shouldWireNothingUnlessToldSo() throws Exception {
        assertThat(read("")).isEqualTo(BoardConfig.BARE);
    }

    @Test
    void shouldReadWhatIsWired() throws Exception {
        assertThat(read("[board]\nbutton = 17\nlight = 27\nbattery_i2c = '/dev/i2c-1'\nshutdown_pct = 7\n"))
                .isEqualTo(new BoardConfig(17, 27, Path.of("/dev/i2c-1"), 7, BoardConfig.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "button = 54 | board.button",
                "light = -1 | board.light",
                "button = 1.5 | board.button",
                "shutdown_pct = 1 | board.shutdown_pct",
                "shutdown_pct = 21 | board.shutdown_pct",
                "button = 17\\nlight = 17 | both on GPIO 17",
                "buzzer = 3 | unknown key board.buzzer"
            })
    void shouldNameTheKeyThatIsWrong(String line, String words) {
        assertThatThrownBy(() -> read("[board]\n" + line.replace("\\n", "\n") + "\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(words);
    }
}
