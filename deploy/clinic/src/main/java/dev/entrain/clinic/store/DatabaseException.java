package dev.entrain.clinic.store;

/** The database can't be used; the message tells a technician what, where and the next step. */
public final class DatabaseException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Takes a message for a technician. */
    public DatabaseException(String message) {
        super(message);
    }

    /** Takes a message for a technician and what lies behind it. */
    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
