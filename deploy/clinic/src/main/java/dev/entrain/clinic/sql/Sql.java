package dev.entrain.clinic.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks and changes the database, one statement a transaction unless {@link #transaction} holds several together. Values go in as
 * parameters only. Thread-safe.
 */
public final class Sql {
    private static final int TIMEOUT_S = 10;

    /** Rows fetched at a time within a transaction, and a bound on what is held unread. */
    private static final int FETCH = 2_000;

    private final DataSource pool;

    /** One row to one value. */
    @FunctionalInterface
    public interface RowReader<T> {
        /** Reads the columns of the current row and moves nothing. */
        T read(ResultSet row) throws SQLException;
    }

    /** Each row in turn. */
    @FunctionalInterface
    public interface RowVisitor {
        /** Reads the columns of the current row and moves nothing. */
        void visit(ResultSet row) throws SQLException;
    }

    /** What happens within one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        /** Uses the connection and neither commits nor closes it. */
        T run(Transaction transaction) throws SQLException;
    }

    /** Statements that become true together or not at all. */
    public static final class Transaction {
        private final Connection connection;

        private Transaction(Connection connection) {
            this.connection = connection;
        }

        /** Returns one value for each row. */
        public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
            List<T> rows = new ArrayList<>();
            each(sql, row -> rows.add(reader.read(row)), values);
            return rows;
        }

        /** Shows each row to the visitor. */
        public void each(String sql, RowVisitor visitor, @Nullable Object... values) throws SQLException {
            try (PreparedStatement statement = prepared(connection, sql, values)) {
                statement.setFetchSize(FETCH);
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        visitor.visit(result);
                    }
                }
            }
        }

        /** Returns how many rows changed. */
        public int update(String sql, @Nullable Object... values) throws SQLException {
            try (PreparedStatement statement = prepared(connection, sql, values)) {
                return statement.executeUpdate();
            }
        }
    }

    /** Uses the pool's connections, each for as long as a statement or a transaction takes. */
    public Sql(DataSource pool) {
        this.pool = pool;
    }

    /**
     * Returns one value for each row. The statement itself bounds how many.
     *
     * @throws DatabaseAway if it fails
     */
    public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) {
        return transaction(transaction -> transaction.query(sql, reader, values));
    }

    /**
     * Returns the first row's value, null if there is none.
     *
     * @throws DatabaseAway if it fails
     */
    public <T> @Nullable T first(String sql, RowReader<T> reader, @Nullable Object... values) {
        List<T> rows = query(sql, reader, values);
        return rows.isEmpty() ? null : rows.getFirst();
    }

    /**
     * Returns how many rows changed.
     *
     * @throws DatabaseAway if it fails
     */
    public int update(String sql, @Nullable Object... values) {
        return transaction(transaction -> transaction.update(sql, values));
    }

    /**
     * Runs several statements that become true together or not at all.
     *
     * @throws DatabaseAway if one of them fails: then none counts
     */
    public <T> T transaction(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T done = work.run(new Transaction(connection));
                connection.commit();
                return done;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new DatabaseAway(e);
        }
    }

    /** Reads a moment; null where the column is. */
    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            statement.setQueryTimeout(TIMEOUT_S);
            for (int i = 0; i < values.length; i++) {
                set(statement, i + 1, values[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void set(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.NULL);
            case Instant time ->
                statement.setObject(
                        index, OffsetDateTime.ofInstant(time, ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
            case byte[] bytes -> statement.setBytes(index, bytes);
            default -> statement.setObject(index, value);
        }
    }
}
