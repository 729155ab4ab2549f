package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.cli.Main;
import dev.entrain.journal.KeptHeader;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.SessionFacts;
import dev.entrain.journal.sqlite.JournalReader;
import dev.entrain.journal.sqlite.JournalSnapshot;
import dev.entrain.journal.sqlite.SqliteJournal;
import dev.entrain.outcome.SessionData;
import dev.entrain.session.SessionEvent;
import dev.entrain.sim.insole.InsoleEmulator;
import dev.entrain.sim.insole.InsoleOptions;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole agent in a process of its own, killed in mid-walk: nothing that was committed is lost, and the session goes on. */
class KilledAgentTest {
    private static final int STEPS = 8;

    @TempDir
    Path dir;

    private Path state() {
        return dir.resolve("state");
    }

    private Process agent(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        line.addAll(List.of(arguments));
        Process agent = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        dir.resolve("agent.log").toFile()))
                .start();
        return agent;
    }

    /** Presses now and again until steps of a session come, then kills. */
    private void walkAndKill(Path config, int steps) throws Exception {
        Process agent = agent("session", "run", "--config", config.toString(), "--programme", "healthy");
        try (var button = agent.outputWriter(StandardCharsets.UTF_8)) {
            boolean pressed = false;
            for (int i = 0; i < 120 && steps() < steps; i++) {
                assertThat(agent.isAlive())
                        .as(Files.readString(dir.resolve("agent.log")))
                        .isTrue();
                if (!pressed && running()) {
                    button.write("press\n");
                    button.flush();
                    pressed = true;
                }
                LockSupport.parkNanos(500_000_000L);
            }
            agent.destroyForcibly();
        }
        assertThat(agent.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(steps()).as(Files.readString(dir.resolve("agent.log"))).isGreaterThanOrEqualTo(steps);
    }

    /** Both lines are open. */
    private boolean running() throws IOException {
        String log = Files.readString(dir.resolve("agent.log"));
        int from = Math.max(0, log.lastIndexOf("Real"));
        return log.substring(from).split("line open", -1).length > 2;
    }

    private int steps() throws IOException {
        Path copy = Files.createTempDirectory(dir, "copy");
        if (!Files.exists(state().resolve(SqliteJournal.FILE))) {
            return 0;
        }
        try (JournalReader reader = SqliteJournal.openReadOnly(JournalSnapshot.copy(state(), copy))) {
            return (int) reader.after(0, 100_000).stream()
                    .filter(record -> record.kind() == RecordKind.STEP && record.session() != null)
                    .count();
        }
    }

    private JournalReader journal() throws IOException {
        return SqliteJournal.openReadOnly(state().resolve(SqliteJournal.FILE));
    }

    private List<JournalReader.Kept> records() throws IOException {
        try (JournalReader reader = journal()) {
            assertThat(reader.check()).isEmpty();
            return reader.after(0, 100_000);
        }
    }

    private static void assertKept(List<JournalReader.Kept> before, List<JournalReader.Kept> after) {
        assertThat(after).hasSizeGreaterThan(before.size());
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).seq()).isEqualTo(before.get(i).seq());
            assertThat(after.get(i).kind()).isEqualTo(before.get(i).kind());
            assertThat(after.get(i).body()).isEqualTo(before.get(i).body());
        }
        assertThat(after).extracting(JournalReader.Kept::seq).isSorted().doesNotHaveDuplicates();
    }

    @Test
    @Timeout(200)
    void shouldLoseNothingCommittedAndGoOnWhenKilledInMidWalk() throws Exception {
        Path lines = Files.createDirectories(dir.resolve("lines"));
        Path config = Files.writeString(dir.resolve("agent.toml"), """
                state_dir = '%s'
                [sensor.left]
                port = '%s'
                [sensor.right]
                port = '%s'
                [audio]
                output = "wav"
                wav_file = '%s'
                [telemetry]
                enabled = false
                """.formatted(
                        state(), lines.resolve("insole-left"), lines.resolve("insole-right"), dir.resolve("k.wav")));
        Files.createFile(dir.resolve("agent.log"));
        try (InsoleEmulator insoles =
                new InsoleEmulator(LiveAgentTest.walk("walk 180", 180), InsoleOptions.in(lines), NanoClock.SYSTEM)) {
            insoles.start();
            walkAndKill(config, STEPS);
            List<JournalReader.Kept> first = records();
            walkAndKill(config, 2 * STEPS + first.size() / 100);
            List<JournalReader.Kept> second = records();
            assertKept(first, second);
            try (JournalReader reader = journal()) {
                assertThat(reader.sessions()).as("the session goes on").hasSize(1);
                assertThat(Objects.requireNonNull(reader.openSession()).ended()).isFalse();
            }
            Process plain = agent("run", "--config", config.toString(), "--seconds", "2");
            assertThat(plain.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertKept(second, records());
        }
        try (JournalReader reader = journal()) {
            KeptSession kept = reader.sessions().getFirst();
            assertThat(KeptHeader.read(kept).end()).isEqualTo(SessionEvent.End.ABANDONED);
            SessionData data = SessionFacts.read(kept, reader::records);
            assertThat(data.steps()).hasSizeGreaterThanOrEqualTo(2 * STEPS);
            assertThat(data.steps()).extracting(SessionData.Step::timeS).doesNotHaveDuplicates();
            assertThat(reader.after(0, 100_000))
                    .filteredOn(record ->
                            record.kind() == RecordKind.SESSION && kept.id().equals(record.session()))
                    .as("its start and its summary")
                    .hasSize(2);
        }
    }
}
