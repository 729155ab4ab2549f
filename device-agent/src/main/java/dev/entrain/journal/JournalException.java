package dev.entrain.journal;

import java.io.IOException;

/** The journal can't be opened or read; the message says what to do. */
public final class JournalException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean taken;

    /** Makes one with a sentence for a technician. */
    public JournalException(String message) {
        super(message);
        taken = false;
    }

    /** Makes one with a sentence for a technician and what was behind it. */
    public JournalException(String message, Throwable cause) {
        this(message, cause, false);
    }

    /**
     * Makes one with a sentence for a technician and what was behind it.
     *
     * @param taken whether another process has the journal
     */
    public JournalException(String message, Throwable cause, boolean taken) {
        super(message, cause);
        this.taken = taken;
    }

    /** Tells whether another process has the journal: then nobody else may speak for the unit. */
    public boolean taken() {
        return taken;
    }
}
