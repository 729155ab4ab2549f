package dev.entrain.sensor.recording;

import java.io.IOException;

/** A recording that can't be read. The message names the file, the line, what was expected and what to do. */
public final class RecordingException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message a sentence for a technician
     */
    public RecordingException(String message) {
        super(message);
    }
}
