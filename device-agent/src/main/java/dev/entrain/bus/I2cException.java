package dev.entrain.bus;

import java.io.IOException;

/** A transfer on an I2C bus that did not succeed; its message is a sentence for a technician. */
public final class I2cException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What went wrong on the wire. */
    public enum Fault {
        /** Nobody acknowledged: the chip is missing, elsewhere, busy or disturbed. */
        NO_ANSWER,
        /** A line is held low or the controller timed out; nothing on this bus answers. */
        STUCK,
        /** There is no such bus. */
        NO_BUS,
        /** The bus is there, but this user may not use it. */
        NOT_ALLOWED,
        /** Something else, told by the message. */
        OTHER
    }

    private final Fault fault;

    /**
     * Makes one.
     *
     * @param fault what went wrong
     * @param message what, where and what to do
     */
    public I2cException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /** Returns what went wrong. */
    public Fault fault() {
        return fault;
    }
}
