package dev.entrain.clinic.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
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

    private static final long POOL_LIMIT_MS = 5_000;

    private final HikariDataSource pool;

    private Database(HikariDataSource pool) {
        this.pool = pool;
    }

    /**
     * Connects, and brings the schema up to this program's version. Several programs may do so at once.
     *
     * @throws DatabaseException if it can't be reached, is too old, or was migrated by a newer program
     */
    public static Database open(DatabaseConfig config) throws DatabaseException {
        HikariDataSource pool = new HikariDataSource(settings(config));
        try {
            checkServer(pool, config);
            migrate(pool, config);
        } catch (DatabaseException | RuntimeException e) {
            pool.close();
            throw e;
        }
        return new Database(pool);
    }

    /** Returns the pool, for reading. */
    public DataSource source() {
        return pool;
    }

    /** Takes a connection; closing gives it back. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** Returns connections in use now. */
    public int inUse() {
        HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        return bean == null ? 0 : bean.getActiveConnections();
    }

    /** Returns connections held now, in use or not. */
    public int held() {
        HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        return bean == null ? 0 : bean.getTotalConnections();
    }

    @Override
    public void close() {
        pool.close();
    }

    private static HikariConfig settings(DatabaseConfig config) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("entrain-db");
        settings.setJdbcUrl(config.url());
        settings.setUsername(config.user());
        settings.setPassword(config.password());
        settings.setMaximumPoolSize(config.connections());
        settings.setMinimumIdle(1);
        settings.setConnectionTimeout(POOL_LIMIT_MS);
        settings.setInitializationFailTimeout(-1);
        settings.addDataSourceProperty("ApplicationName", "entrain-clinic");
        settings.addDataSourceProperty("connectTimeout", CONNECT_LIMIT_S);
        settings.addDataSourceProperty("socketTimeout", SOCKET_LIMIT_S);
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
