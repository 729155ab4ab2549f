package dev.entrain.clinic.cli;

import dev.entrain.clinic.store.Database;
import dev.entrain.clinic.store.DatabaseConfig;
import dev.entrain.clinic.store.DatabaseException;
import dev.entrain.clinic.store.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database: options, and what they leave out, from the file. The password comes from a file or the environment. */
public final class DatabaseOptions {
    private static final String PASSWORD_VARIABLE = "ENTRAIN_DATABASE_PASSWORD";

    @Option(names = "--database", paramLabel = "URL", description = "jdbc:postgresql://host:port/database")
    private @Nullable String url;

    @Option(names = "--database-user", paramLabel = "NAME", description = "Who logs in to the database.")
    private @Nullable String user;

    @Option(
            names = "--database-password-file",
            paramLabel = "FILE",
            description = "File with the password in its first line; or set " + PASSWORD_VARIABLE + ".")
    private @Nullable Path passwordFile;

    @Option(
            names = "--embedded",
            paramLabel = "FOLDER",
            description = "Run a PostgreSQL of our own there (demo), for this process only.")
    private @Nullable Path embedded;

    /** An open database, and the server that is ours if there is one. */
    public record Opened(Database database, @Nullable EmbeddedDatabase server) implements AutoCloseable {
        @Override
        public void close() {
            database.close();
            if (server != null) {
                server.close();
            }
        }
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @throws Refused if it can't
     */
    public Opened open(ClinicFile file) throws Refused {
        String folder = embedded == null ? file.text("database", "embedded") : embedded.toString();
        String where = url == null ? file.text("database", "url") : url;
        boolean ours = embedded != null || (url == null && folder != null);
        if (!ours && where == null) {
            throw new Refused(
                    "No database is given: --database jdbc:postgresql://host:port/database, or for a try --embedded FOLDER.");
        }
        EmbeddedDatabase server = null;
        try {
            if (ours && folder != null) {
                server = EmbeddedDatabase.in(Path.of(folder));
                return new Opened(Database.open(server.config()), server);
            }
            String name = user == null ? file.text("database", "user") : user;
            int connections = file.whole("database", "connections", DatabaseConfig.CONNECTIONS);
            DatabaseConfig config = new DatabaseConfig(String.valueOf(where), name, password(file), connections);
            return new Opened(Database.open(config), null);
        } catch (DatabaseException | IllegalArgumentException e) {
            if (server != null) {
                server.close();
            }
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable String password(ClinicFile file) throws Refused {
        String inFile = file.text("database", "password_file");
        Path from = passwordFile == null && inFile != null ? Path.of(inFile) : passwordFile;
        if (from == null) {
            return System.getenv(PASSWORD_VARIABLE);
        }
        try {
            return Files.readAllLines(from).stream().findFirst().orElse("");
        } catch (IOException e) {
            throw new Refused("The password file " + from + " can't be read: " + e.getMessage());
        }
    }
}
