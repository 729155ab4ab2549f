package dev.entrain.validation;

import java.io.IOException;

/** A set or file that can't be scored. The message names the file, what was expected and what to do. */
public final class ValidationException extends IOException {
    private static final long serialVersionUID = 1L;

    ValidationException(String message) {
        super(message);
    }
}
