package dev.entrain.music;

import java.io.Serial;

/** Something about music cannot be done; the message says what, where, and the next step, for a technician to read. */
public final class MusicException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** With nothing beneath it. */
    public MusicException(String message) {
        super(message);
    }

    /** With what is beneath it. */
    public MusicException(String message, Throwable cause) {
        super(message, cause);
    }
}
