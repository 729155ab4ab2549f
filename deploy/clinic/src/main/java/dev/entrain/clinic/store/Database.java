package dev.entrain.clinic.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** The clinic's database: a pool of connections to a schema that is known to fit this program. Thread-safe. */
public final class Database implements AutoCloseable {
    private static final int OLDEST_POSTGRES = 15;
    private static final int CONNECT_LIMIT_S = 5;
    /** A server that is gone without a word must not hold the writer for ever. */
    private static final int SOCKET_LIMIT_S = 30;

    private static final long STORING_LIMIT_MS = 5_000;
    /** Somebody waits before a page. */
    private static final long READING_LIMIT_MS = 2_000;

    private static final int MIGRATING = 3;

    /**
     * Kept by the server itself: a program or computer that vanishes in the middle of a transaction must not keep its
     * locks from the others. What is slow otherwise is the statement's limit.
     */
    private static final String SERVER_LIMITS = "-c idle_in_transaction_session_timeout=5s -c lock_timeout=2s"
            + " -c statement_timeout=25s -c tcp_user_timeout=15s";

    private final HikariDataSource storing;
    private final HikariDataSource reading;

    private Database(HikariDataSource storing, HikariDataSource reading) {
        this.storing = storing;
        this.reading = reading;
    }

    /**
     * Connects, and brings the schema up to this program's version. Several programs may do so at once.
     *
     * @throws DatabaseException if it can't be reached, is too old, or was migrated by a newer program
     */
    public static Database open(DatabaseConfig config) throws DatabaseException {
        // Steps of a migration may take long, and wait for those of another program: an answer has no limit here.
        try (HikariDataSource pool =
                new HikariDataSource(settings(config, "entrain-db-migrate", MIGRATING, STORING_LIMIT_MS))) {
            checkServer(pool, config);
            migrate(pool, config);
        }
        int storing = Math.max(1, config.connections() / 4);
        return new Database(
                new HikariDataSource(limited(settings(config, "entrain-db", storing, STORING_LIMIT_MS))),
                new HikariDataSource(limited(
                        settings(config, "entrain-db-page", config.connections() - storing, READING_LIMIT_MS))));
    }

    /** Returns the page's connections. Who stores never waits for one of them. */
    public DataSource source() {
        return reading;
    }

    /** Takes a connection to store by; closing gives it back. */
    public Connection connection() throws SQLException {
        return storing.getConnection();
    }

    /** Returns connections in use now. */
    public int inUse() {
        return count(HikariPoolMXBean::getActiveConnections);
    }

    /** Returns connections held now, in use or not. */
    public int held() {
        return count(HikariPoolMXBean::getTotalConnections);
    }

    private int count(ToIntFunction<HikariPoolMXBean> what) {
        int sum = 0;
        for (HikariDataSource pool : List.of(storing, reading)) {
            HikariPoolMXBean bean = pool.getHikariPoolMXBean();
            sum += bean == null ? 0 : what.applyAsInt(bean);
        }
        return sum;
    }

    @Override
    public void close() {
        reading.close();
        storing.close();
    }

    private static HikariConfig limited(HikariConfig settings) {
        settings.addDataSourceProperty("options", SERVER_LIMITS);
        settings.addDataSourceProperty("socketTimeout", SOCKET_LIMIT_S);
        return settings;
    }

    private static HikariConfig settings(DatabaseConfig config, String name, int connections, long waitMs) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName(name);
        settings.setJdbcUrl(config.url());
        settings.setUsername(config.user());
        settings.setPassword(config.password());
        settings.setMaximumPoolSize(connections);
        settings.setMinimumIdle(0);
        settings.setConnectionTimeout(waitMs);
        settings.setInitializationFailTimeout(-1);
        settings.addDataSourceProperty("ApplicationName", "entrain-clinic");
        settings.addDataSourceProperty("connectTimeout", CONNECT_LIMIT_S);
        settings.addDataSourceProperty("tcpKeepAlive", true);
        return settings;
    }

    private static void checkServer(HikariDataSource pool, DatabaseConfig config) throws DatabaseException {
        try (Connection connection = pool.getConnection()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_POSTGRES) {
                throw new DatabaseException("The database at " + config.url() + " is PostgreSQL " + version
                        + "; this needs " + OLDEST_POSTGRES + " or newer. Upgrade it, or give another.");
            }
        } catch (SQLException e) {
            throw new DatabaseException(whyNot(config, e), e);
        }
    }

    private static void migrate(HikariDataSource pool, DatabaseConfig config) throws DatabaseException {
        // Migrations stay in the order of their numbers within each part's range, but parts are merged in any order.
        Flyway flyway = Flyway.configure(Database.class.getClassLoader())
                .dataSource(pool)
                .locations("classpath:db/migration")
                .outOfOrder(true)
                .load();
        MigrationVersion newest = MigrationVersion.EMPTY;
        for (MigrationInfo info : flyway.info().all()) {
            boolean ours = !info.getState().isApplied() || info.getState().isResolved();
            MigrationVersion version = info.getVersion();
            if (ours && version != null && version.compareTo(newest) > 0) {
                newest = version;
            }
        }
        MigrationInfo current = flyway.info().current();
        if (current != null
                && current.getVersion() != null
                && current.getVersion().compareTo(newest) > 0) {
            throw new DatabaseException("The database at " + config.url() + " has version " + current.getVersion()
                    + " of the tables; this program knows up to " + newest
                    + ". A newer program was here: install that version again.");
        }
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw new DatabaseException(
                    "The tables at " + config.url() + " could not be brought up to version " + newest
                            + "; nothing was changed by the step that failed: " + firstLine(e.getMessage()),
                    e);
        }
    }

    private static String whyNot(DatabaseConfig config, SQLException e) {
        Throwable told = e.getCause() instanceof SQLException inner ? inner : e;
        String state = told instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
        String next = switch (state) {
            case "3D000" -> "There is no such database: create it (createdb), or correct the URL.";
            case "28P01", "28000" -> "It refuses this user or password: check the user and the password file.";
            case "53300" -> "It has no connection left: raise max_connections or lower connections.";
            default -> "Is it running there? Check host, port and that the service is up.";
        };
        return "The database at " + config.url() + " can't be used: " + firstLine(told.getMessage()) + ". " + next;
    }

    private static String firstLine(@org.jspecify.annotations.Nullable String text) {
        return text == null
                ? "no reason given"
                : text.lines().findFirst().orElse("").strip();
    }
}
