package dev.entrain.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * One connection that nobody else has. Transactions are begun and ended by statements of our own, because SQLite rolls back
 * by itself when the disk or the quota is full and the driver would not know. Not thread-safe.
 */
final class Database implements AutoCloseable {
    /** Bytes of a page. */
    static final int PAGE_BYTES = 4096;

    private static final int FULL = 13;
    private static final int IO_ERROR = 10;
    private static final int CORRUPT = 11;
    private static final int NOT_A_DATABASE = 26;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    private Database(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens or creates a file and takes it for this process alone.
     *
     * @param synchronous FULL, or what a peer is compared with
     * @throws SQLException if the file is no database, or another process has it
     */
    static Database open(Path file, String synchronous) throws SQLException {
        Database database = new Database(DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath()));
        try {
            database.exec("PRAGMA busy_timeout=500");
            // Before WAL: then the index of the log is kept in memory, and no third file is shared with anybody.
            database.exec("PRAGMA locking_mode=EXCLUSIVE");
            if (database.number("PRAGMA page_count") == 0) {
                database.exec(
                        "PRAGMA auto_vacuum=INCREMENTAL"); // Only then: otherwise it writes, even to say the same.
            }
            database.exec("PRAGMA journal_mode=WAL");
            database.exec("PRAGMA synchronous=" + synchronous);
            database.exec("PRAGMA temp_store=MEMORY");
            database.exec("PRAGMA cache_size=-1024");
            database.exec("PRAGMA cache_spill=OFF"); // A page goes into the log once for each transaction.
            database.exec("PRAGMA trusted_schema=OFF");
            database.exec("PRAGMA cell_size_check=ON");
            return database;
        } catch (SQLException e) {
            database.close();
            throw e;
        }
    }

    void exec(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns a statement that is kept, with these numbers bound. */
    PreparedStatement statement(String sql, long... numbers) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < numbers.length; i++) {
            statement.setLong(i + 1, numbers[i]);
        }
        return statement;
    }

    /** Returns the first number of the first row, 0 where there is none or it is null. */
    long number(String sql, long... numbers) throws SQLException {
        try (ResultSet rows = statement(sql, numbers).executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /** Returns the first text of the first row, empty where there is none. */
    String text(String sql) throws SQLException {
        try (ResultSet rows = statement(sql).executeQuery()) {
            String text = rows.next() ? rows.getString(1) : "";
            return text == null ? "" : text;
        }
    }

    /** Gives up to a number of free pages at the end of the file back to the file system. */
    void shrink(int pages) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA incremental_vacuum(" + pages + ")")) {
            while (rows.next()) {} // Ends: one row for each page.
        }
    }

    void begin() throws SQLException {
        exec("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        exec("COMMIT");
    }

    /** Takes back what was begun, if SQLite has not done so already. */
    @SuppressWarnings("EmptyCatch") // SQLite rolled back by itself, which is what was wanted.
    void rollback() {
        forgetStatements(); // The driver may have closed one that failed, and would not say so.
        try {
            exec("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
        }
    }

    @Override
    @SuppressWarnings("EmptyCatch") // Everything committed is durable without it.
    public void close() {
        forgetStatements();
        try {
            connection.close();
        } catch (SQLException closedAllTheSame) {
        }
    }

    /** Closes the statements that are kept; each is prepared anew when it is next wanted. */
    @SuppressWarnings("EmptyCatch") // What can't be closed goes with the connection.
    private void forgetStatements() {
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException goesWithTheConnection) {
            }
        }
        prepared.clear();
    }

    /** Whether the disk or the quota is full, or the disk refused. */
    static boolean refused(SQLException e) {
        int code = e.getErrorCode() & 0xFF;
        return code == FULL || code == IO_ERROR;
    }

    /** Whether the file is damaged. */
    static boolean damaged(SQLException e) {
        int code = e.getErrorCode() & 0xFF;
        return code == CORRUPT || code == NOT_A_DATABASE;
    }

    /** Whether another process has the file. */
    static boolean taken(SQLException e) {
        int code = e.getErrorCode() & 0xFF;
        return code == BUSY || code == LOCKED;
    }
}
