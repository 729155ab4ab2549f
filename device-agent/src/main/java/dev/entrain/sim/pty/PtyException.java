package dev.entrain.sim.pty;

import java.io.IOException;

/** A pseudo-terminal that cannot be made or used. The message says what and what to do. */
public final class PtyException extends IOException {
    private static final long serialVersionUID = 1L;

    PtyException(String message) {
        super(message);
    }
}
