package dev.entrain.clinic.ingest;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Which broker, and as whom.
 *
 * @param uri {@code tcp://host:port} or {@code ssl://host:port}
 * @param tls files of mutual TLS; needed for ssl, null for tcp
 * @param group the shared subscription: receivers of one database have one group
 */
public record BrokerConfig(URI uri, @Nullable TlsFiles tls, String group) {
    /** The group of a clinic with one database. */
    public static final String GROUP = "clinic";

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public BrokerConfig {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        if (!(scheme.equals("tcp") || scheme.equals("ssl")) || uri.getHost() == null || uri.getPort() < 1) {
            throw new IllegalArgumentException(
                    "'" + uri + "' is no broker: give one like ssl://broker.example:8884 or tcp://127.0.0.1:1883");
        }
        if (scheme.equals("ssl") != (tls != null)) {
            throw new IllegalArgumentException(
                    "a broker by ssl:// needs the files of TLS (authority, certificate, key), one by tcp:// has none");
        }
        if (!group.matches("[A-Za-z0-9_-]{1,32}")) {
            throw new IllegalArgumentException("'" + group + "' is no group: 1 to 32 of A-Z, a-z, 0-9, _ and -");
        }
    }
}
