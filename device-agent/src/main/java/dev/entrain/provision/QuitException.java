package dev.entrain.provision;

/** Who provisions wants to end now: by Ctrl-C, or by saying so. What was done stays done. */
public final class QuitException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public QuitException() {
        super("ended before it was done");
    }
}
