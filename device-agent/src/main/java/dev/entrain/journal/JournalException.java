package dev.entrain.journal;

import java.io.IOException;

/** The journal can't be opened or read; the message says what to do. */
public final class JournalException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes one with a sentence for a technician. */
    public JournalException(String message) {
        super(message);
    }

    /** Makes one with a sentence for a technician and what was behind it. */
    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
