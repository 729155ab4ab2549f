package dev.entrain.audio;

/** An output cannot be opened. The message tells a technician what, where and the next step. */
public final class AudioException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * Makes one.
     *
     * @param message what is wrong and what to do, in one line
     */
    public AudioException(String message) {
        super(message);
        advice = message;
    }

    @Override
    public String getMessage() {
        return advice;
    }
}
