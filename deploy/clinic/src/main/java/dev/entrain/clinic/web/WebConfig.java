package dev.entrain.clinic.web;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the page is served.
 *
 * @param host address to listen on; loopback unless told otherwise
 * @param port 0 for a free one
 * @param adminPort port of /metrics and /healthz, always on loopback; 0 for a free one
 * @param publicUrl how browsers reach the page, if a proxy stands before it or it has a name; else null
 * @param tls certificate and key; null where a proxy does it, or with {@code insecureLoopback}
 * @param trustedProxy address of the proxy whose X-Forwarded-For is believed; null for none
 * @param insecureLoopback whether plain HTTP is allowed, for a demonstration on this computer
 * @param dashboard folder of the built page; null for the one in the jar
 */
public record WebConfig(
        String host,
        int port,
        int adminPort,
        @Nullable URI publicUrl,
        @Nullable Tls tls,
        @Nullable String trustedProxy,
        boolean insecureLoopback,
        @Nullable Path dashboard) {

    /**
     * A server's certificate with its chain, and its private key (PKCS#8, not encrypted), as PEM files.
     */
    public record Tls(Path certificate, Path key) {}

    /**
     * Checks that nobody's password travels in the open.
     *
     * @throws IllegalArgumentException if it would; says what to do
     */
    public WebConfig {
        if (insecureLoopback && !loopback(host)) {
            throw new IllegalArgumentException("insecure_loopback is for this computer alone, and " + host
                    + " is not: listen on 127.0.0.1, or give a certificate and its key");
        }
        if (publicUrl != null
                && (publicUrl.getHost() == null
                        || !String.valueOf(publicUrl.getScheme()).matches("https?"))) {
            throw new IllegalArgumentException("public_url has to be like https://entrain.clinic.example");
        }
        if (!insecureLoopback && !https(tls, publicUrl, trustedProxy)) {
            throw new IllegalArgumentException(
                    "a log-in without encryption can be read by anybody on the way: give certificate"
                            + " and key, or trusted_proxy and a public_url that begins with https, or insecure_loopback = true for a"
                            + " demonstration on this computer");
        }
    }

    /** Returns plain HTTP on loopback, free ports, with a page's folder: for demonstrations and tests. */
    public static WebConfig demonstration(@Nullable Path dashboard) {
        return new WebConfig("127.0.0.1", 0, 0, null, null, null, true, dashboard);
    }

    /** Returns whether browsers reach the page by HTTPS. */
    public boolean https() {
        return https(tls, publicUrl, trustedProxy);
    }

    /** Returns the name of the cookie of a log-in. With HTTPS its prefix makes browsers refuse any other than ours. */
    public String cookie() {
        return https() ? "__Host-entrain" : "entrain";
    }

    private static boolean https(@Nullable Tls tls, @Nullable URI publicUrl, @Nullable String trustedProxy) {
        return tls != null || (trustedProxy != null && publicUrl != null && "https".equals(publicUrl.getScheme()));
    }

    static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
