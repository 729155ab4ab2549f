package dev.entrain.clinic.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
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
