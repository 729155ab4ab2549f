package dev.entrain.config;

/** A configuration that can't be used. The message names the file, the key, what was expected and what to do. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message a sentence for a technician
     */
    public ConfigException(String message) {
        super(message);
    }
}
