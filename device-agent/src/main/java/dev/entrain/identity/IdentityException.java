package dev.entrain.identity;

import java.io.IOException;

/** Something is wrong with a unit's key, certificate or authority; the message says to a technician what, where and what to do. */
public final class IdentityException extends IOException {
    private static final long serialVersionUID = 1;

    /** Makes one line for the technician. */
    public IdentityException(String message) {
        super(message);
    }
}
