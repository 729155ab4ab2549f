package dev.entrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.config.ProgrammeFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionProgrammesCommandTest {
    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int programmes(String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "session";
        all[1] = "programmes";
        System.arraycopy(args, 0, all, 2, args.length);
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }

    @Test
    void shouldListEveryProgrammeWithItsBlocks() {
        assertThat(programmes()).isZero();
        assertThat(out.toString())
                .contains(ProgrammeFile.presets())
                .contains("baseline 1, match 3, progress 10, rest 3, exercise 5, fade 2, retention 1");
    }

    @Test
    void shouldPrintAFileThatPassesItsOwnCheck() throws Exception {
        for (String name : ProgrammeFile.presets()) {
            out.getBuffer().setLength(0);
            assertThat(programmes("--show", name)).isZero();
            Path copy = Files.writeString(dir.resolve(name + ".toml"), out.toString());
            assertThat(programmes("--check", copy.toString())).isZero();
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldTellTheSessionMinuteByMinuteWithItsTempi() {
        assertThat(programmes("--check", "parkinson-freezing")).isZero();
        assertThat(out.toString())
                .containsSubsequence(
                        "0:00-1:00     baseline   -  ",
                        "1:00-5:00     match      -5 %             95  ",
                        "5:00-13:00    progress   -5 % to 0 %      95 to 100  ",
                        "20:00-23:00   free       the walker's     -  ",
                        "25:00-26:00   retention  -  ",
                        "4 min are left for pauses",
                        "A freeze is answered with at least 8 beats, 10 % slower");
    }

    @Test
    void shouldSayInOneLineWhatIsWrongAndEndWithStatusTwo() throws Exception {
        Path file = Files.writeString(
                dir.resolve("mine.toml"), ProgrammeFile.presetText("stroke").replace("step_pct = 2", "step_pct = 20"));
        assertThat(programmes("--check", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("mine.toml: tempo.step_pct = 20: expected a number from 0 to 5 (%); correct it");
        err.getBuffer().setLength(0);
        assertThat(programmes("--show", "mine")).isEqualTo(2);
        assertThat(err.toString()).contains("no programme is called \"mine\"; there are: stroke,");
        err.getBuffer().setLength(0);
        assertThat(programmes("--show", "stroke", "--check", "stroke")).isEqualTo(2);
        assertThat(err.toString()).contains("mutually exclusive");
    }
}
