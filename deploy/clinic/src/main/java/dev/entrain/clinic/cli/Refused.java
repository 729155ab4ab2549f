package dev.entrain.clinic.cli;

/** The command can't do what was asked; the message tells what, where and the next step. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    /** Takes a message for a technician. */
    public Refused(String message) {
        super(message);
    }
}
