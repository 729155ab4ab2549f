package dev.entrain.clinic.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @Test
    void shouldMigrateFromEmptyFromVersionOneAndWhenThereIsNothingToDo() throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.temporary()) {
            DatabaseConfig config = server.config();
            Flyway.configure()
                    .dataSource(config.url(), config.user(), config.password())
                    .target("1")
                    .load()
                    .migrate();
            try (Database database = Database.open(config);
                    Connection connection = database.connection();
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO unit (unit) VALUES ('a')");
            }
            try (Database again = Database.open(config);
                    Connection connection = again.connection();
                    Statement statement = connection.createStatement()) {
                try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM unit")) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(1);
                }
                statement.execute(
                        "INSERT INTO flyway_schema_history SELECT 1000, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', now(), 1, true");
            }
            assertThatThrownBy(() -> Database.open(config))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("version 999")
                    .hasMessageContaining("install that version");
            DatabaseConfig wrong = new DatabaseConfig(config.url(), config.user(), "wrong", 2);
            assertThatThrownBy(() -> Database.open(wrong))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("password");
            DatabaseConfig missing = new DatabaseConfig(
                    config.url().replace("/postgres", "/nothing"), config.user(), config.password(), 2);
            assertThatThrownBy(() -> Database.open(missing))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("createdb");
        }
    }

    /** A unit may be newer than its clinic: what it told of songs before there were tables for them is not lost. */
    @Test
    void shouldFindTheSongsAndTheLogsOfAnEarlierVersion() throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.temporary()) {
            DatabaseConfig config = server.config();
            Flyway.configure()
                    .dataSource(config.url(), config.user(), config.password())
                    .target("1")
                    .load()
                    .migrate();
            try (Connection connection = DriverManager.getConnection(config.url(), config.user(), config.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO unit (unit) VALUES ('u')");
                statement.execute("INSERT INTO boot (unit, boot) VALUES ('u', 'b')");
                statement.execute("""
                        INSERT INTO session (unit, session, boot_id, ended) VALUES ('u', 'w', 1, '{"started_ns": 5000000000, "songs": [
                          1, {"hash": "no"}, {"hash": "0123456789abcdef", "start_ns": 9e99, "end_ns": 9e99},
                          {"hash": "0123456789abcdef", "title": "Kettle march", "start_ns": 6000000000, "end_ns": 8500000000,
                           "beats": 7, "steps": -1, "liked": true, "ended": "end", "stretch_median_pct": 1.5,
                           "metrics": {"locked_fraction": {"value": 0.5, "n": 4}, "x": 3, "asynchrony_ms": {"n": 1}}}]}'),
                        ('u', 'strange', 1, '{"started_ns": "x", "songs": 7}'), ('u', 'open', 1, NULL)""");
                statement.execute("INSERT INTO log_part (unit, boot, id, part, parts, text) VALUES ('u', 'b', 1, 1, 1,"
                        + " E'Music: next is Kettle (1) (liked)\\nMusic: next is 0123456789abcdef (liked)\\n')");
            }
            try (Database database = Database.open(config)) {
                assertThat(text(
                                database,
                                "SELECT concat_ws(' ', place, hash, title, start_s, end_s, beats, steps, liked, ended,"
                                        + " stretch_median_pct, metrics) FROM session_song"))
                        .isEqualTo("0 0123456789abcdef Kettle march 1 3.5 7 t end 1.5"
                                + " {\"asynchrony_ms\": {\"n\": 1}, \"locked_fraction\": {\"n\": 4, \"value\": 0.5}}");
                assertThat(text(database, "SELECT text FROM log_part"))
                        .isEqualTo("Music: next is a song\nMusic: next is 0123456789abcdef (liked)\n");
            }
        }
    }

    private static String text(Database database, String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            String text = rows.getString(1);
            assertThat(rows.next()).isFalse();
            return text;
        }
    }

    @Test
    void shouldSayWhatToDoWhenNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        DatabaseConfig config = new DatabaseConfig("jdbc:postgresql://127.0.0.1:" + port + "/entrain", "e", "e", 2);
        assertThatThrownBy(() -> Database.open(config))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("Is it running");
    }

    /** A process that is killed leaves its server to the keeper; one whose keeper is killed too leaves it to the next start. */
    @Test
    void shouldStartAfterAProcessThatWasKilledAndKeepWhatItStored(@TempDir Path folder) throws Exception {
        Process child = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(child.inputReader().readLine()).isEqualTo("up");
        List<ProcessHandle> shells = child.children().toList();
        assertThatThrownBy(() -> EmbeddedDatabase.in(folder))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("another process uses");
        shells.forEach(ProcessHandle::destroyForcibly);
        child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThat(Files.exists(folder.resolve("data/postmaster.pid"))).isTrue();

        try (EmbeddedDatabase server = EmbeddedDatabase.in(folder);
                Database database = Database.open(server.config());
                Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT unit FROM unit")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("kept");
        }
    }

    /** Runs as a process of its own. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            EmbeddedDatabase server = EmbeddedDatabase.in(Path.of(args[0]));
            try (Database database = Database.open(server.config());
                    Connection connection = database.connection();
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO unit (unit) VALUES ('kept')");
            }
            say("up");
            Thread.currentThread().join(60_000);
        }

        private static void say(String line) throws IOException {
            System.out.write((line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            System.out.flush();
        }
    }
}
