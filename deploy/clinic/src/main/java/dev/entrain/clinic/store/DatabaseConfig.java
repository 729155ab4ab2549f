package dev.entrain.clinic.store;

import org.jspecify.annotations.Nullable;

/**
 * Which database.
 *
 * @param url of PostgreSQL, {@code jdbc:postgresql://host:port/database}
 * @param user who logs in, or null for what the URL or the system says
 * @param password or null for none; never part of an argument list
 * @param connections held at most, 2 to 100
 */
public record DatabaseConfig(
        String url, @Nullable String user, @Nullable String password, int connections) {
    /** Connections for one receiver with its page: a quarter to store by, the others to read by. */
    public static final int CONNECTIONS = 8;

    /**
     * Checks URL and number.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public DatabaseConfig {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "'" + url
                            + "' is no database of ours: give one like jdbc:postgresql://127.0.0.1:5432/entrain, or --embedded FOLDER");
        }
        if (connections < 2 || connections > 100) {
            throw new IllegalArgumentException("connections must be 2 to 100, not " + connections);
        }
    }

    @Override
    public String toString() {
        return url;
    }
}
