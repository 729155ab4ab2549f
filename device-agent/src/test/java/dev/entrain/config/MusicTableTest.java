package dev.entrain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.cue.CueConfig;
import dev.entrain.cue.CueConfig.PolicyName;
import dev.entrain.device.BoardConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MusicTableTest {
    @TempDir
    Path dir;

    private AgentConfig read(String tables) throws IOException, ConfigException {
        return AgentConfig.read(
                Files.writeString(dir.resolve("agent.toml"), "[sensor.left]\nport = '/dev/l'\n" + tables));
    }

    @Test
    void shouldPlayMusicOnTheBeatsAndSetNoGoalsUnlessToldSo() throws Exception {
        AgentConfig config = read("");
        assertThat(config.music()).isEqualTo(MusicConfig.DEFAULT);
        assertThat(config.goal()).isEqualTo(GoalConfig.NONE);
        assertThat(config.board().musicLine()).isEqualTo(BoardConfig.NONE);
    }

    @Test
    void shouldReadWhatIsWritten() throws Exception {
        AgentConfig config = read("""
                [music]
                enabled = false
                level_db = -6
                click_db = -40
                click = "fallback"
                strategy = "start"
                reward = true
                share_titles = true
                [goal]
                minutes = 20
                distance_m = 600
                songs = 2
                [board]
                music_button = 22
                """);
        assertThat(config.music())
                .isEqualTo(new MusicConfig(
                        false, -6, -40, MusicConfig.Click.FALLBACK, MusicConfig.Strategy.START, true, true));
        assertThat(config.goal()).isEqualTo(new GoalConfig(20, 600, 2));
        assertThat(config.board().musicLine()).isEqualTo(22);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[music]N level_db = 7 | music.level_db",
                "[music]N level_db = -21 | from -20 to 6",
                "[music]N click_db = 1 | music.click_db",
                "[music]N click = 'never' | always",
                "[music]N strategy = 'beat' | phase",
                "[music]N reward = 1 | true or false",
                "[music]N volume = 3 | unknown key music.volume",
                "[goal]N minutes = 121 | goal.minutes",
                "[goal]N steps = 100 | unknown key goal.steps",
                "[board]N button = 22N music_button = 22 | both on GPIO 22",
                "[board]N light = 22N music_button = 22 | music_button and light"
            })
    void shouldNameTheKeyThatIsWrong(String lines, String words) {
        assertThatThrownBy(() -> read(lines.replace("N ", "\n") + "\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(words);
    }

    @Test
    void shouldLetTheClinicianSetAllButTitlesFromAfar() throws Exception {
        AgentConfig own = read("[music]\nshare_titles = true\nlevel_db = 3\n");
        AgentConfig set =
                own.withSettings("settings", "[music]\nclick_db = -20\nreward = true\n[goal]\nminutes = 15\n");
        assertThat(set.music().levelDb()).isEqualTo(3);
        assertThat(set.music().clickDb()).isEqualTo(-20);
        assertThat(set.music().reward()).isTrue();
        assertThat(set.music().shareTitles()).isTrue();
        assertThat(set.goal().minutes()).isEqualTo(15);
        assertThatThrownBy(() -> own.withSettings("settings", "[music]\nshare_titles = false\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the patient says at the unit");
    }

    @Test
    void shouldLeadTheMusicByThePolicyThatTheStrategyNames() {
        CueConfig cue = CueConfig.DEFAULT.withTempo(96);
        assertThat(strategy(MusicConfig.Strategy.PHASE).leading(cue)).isEqualTo(cue);
        CueConfig tempo = strategy(MusicConfig.Strategy.TEMPO).leading(cue.with(PolicyName.OSCILLATOR));
        assertThat(tempo.policy()).isEqualTo(PolicyName.ADAPTIVE);
        assertThat(tempo.phaseCorrection()).isZero();
        assertThat(strategy(MusicConfig.Strategy.START).leading(cue)).isEqualTo(cue.with(PolicyName.METRONOME));
        CueConfig fractal = cue.with(PolicyName.FRACTAL);
        assertThat(strategy(MusicConfig.Strategy.TEMPO).leading(fractal)).isEqualTo(fractal);
    }

    private static MusicConfig strategy(MusicConfig.Strategy strategy) {
        MusicConfig plain = MusicConfig.DEFAULT;
        return new MusicConfig(true, plain.levelDb(), plain.clickDb(), plain.click(), strategy, false, false);
    }
}
