package dev.entrain.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.check.SystemFiles;
import dev.entrain.health.Counters;
import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.sqlite.SqliteJournal;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of one patient is left on a unit that goes to the next. */
class UnitResetTest {
    @TempDir
    Path root;

    private final List<String> said = new ArrayList<>();
    private Path state = Path.of("");
    private Path config = Path.of("");

    @BeforeEach
    void provision() throws Exception {
        state = Files.createDirectories(root.resolve("state"));
        config = Files.writeString(root.resolve("agent.toml"), "state_dir = \"state\"\n");
    }

    private boolean reset(boolean force) throws Exception {
        Answers none = Answers.read(Files.writeString(root.resolve("answers.toml"), ""));
        Console console = new Unattended(none, said::add, seconds -> false);
        return new UnitReset(console, new SystemFiles(root), new NoTools(), config, state).run(true, force);
    }

    private void walk() throws Exception {
        try (SqliteJournal journal = SqliteJournal.open(
                state, JournalLimits.DEFAULT, "a-boot", NanoClock.SYSTEM, WallClock.SYSTEM, new Counters())) {
            journal.append(RecordKind.STEP, "a-session", 1, "{\"t_ns\":1}".getBytes(StandardCharsets.UTF_8));
            assertThat(journal.commit()).isTrue();
        }
    }

    private void reportsToNobody() throws Exception {
        ProvisionState chosen = ProvisionState.read(state);
        chosen.draft().put("telemetry.enabled", "false");
        chosen.write();
    }

    private List<String> left() throws Exception {
        try (Stream<Path> files = Files.walk(state)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> state.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void shouldLeaveNothingOfAPatient() throws Exception {
        for (String file : List.of(
                "music/music.db",
                "music/songs/0a1b.flac",
                "outputs.json",
                "exposure.json",
                "orders/prescription.json",
                "raw/1.csv",
                "identity/current/key.pem",
                "unit-report.json")) {
            Files.createDirectories(state.resolve(file).getParent());
            Files.writeString(state.resolve(file), "x");
        }

        assertThat(reset(false)).isTrue();
        assertThat(left()).isEmpty();
        assertThat(config).doesNotExist();
        assertThat(String.join(" ", said)).contains("songs and every walk");
    }

    @Test
    void shouldLeaveWhatIsNotOurs() throws Exception {
        Files.writeString(state.resolve("notes.txt"), "of the technician");

        reset(false);

        assertThat(left()).containsExactly("notes.txt");
    }

    @Test
    void shouldNotLoseWalksThatWaitForTheClinic() throws Exception {
        walk();

        assertThatThrownBy(() -> reset(false))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("wait for the clinic")
                .satisfies(e -> assertThat(((StepException) e).nextStep()).contains("entrain journal status"));
        assertThat(config).exists();
        assertThat(reset(true)).isTrue();
        assertThat(left()).isEmpty();
    }

    @Test
    void shouldNotSendToAClinicThatIsNone() throws Exception {
        reportsToNobody();
        walk();

        assertThatThrownBy(() -> reset(false))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("reports to nobody")
                .satisfies(e -> assertThat(((StepException) e).nextStep())
                        .contains("entrain session export", "--force")
                        .doesNotContain("Connect"));
        assertThat(config).exists();
    }
}
