package dev.entrain.clinic.sql;

import java.sql.SQLException;

/** The database did not do what it was asked: it is away, was too slow, or has other tables than this version needs. */
public final class DatabaseAway extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseAway(SQLException cause) {
        super("the database did not answer: " + cause.getMessage(), cause);
    }
}
