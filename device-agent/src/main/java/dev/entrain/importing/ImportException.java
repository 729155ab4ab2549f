package dev.entrain.importing;

import java.io.IOException;

/** An original that can't be read. The message names the file, the line, what was expected and what to do. */
public final class ImportException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message a sentence for a technician
     */
    public ImportException(String message) {
        super(message);
    }
}
