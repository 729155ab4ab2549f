package dev.entrain.journal;

import java.io.IOException;

/** A session folder that can't be read. The message names file and line, what was expected and what to do. */
public final class SessionException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message a sentence for a technician
     */
    public SessionException(String message) {
        super(message);
    }
}
