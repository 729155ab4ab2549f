package dev.entrain.identity;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in a technician's words why TLS failed. The same failure gives the same words. */
public final class TlsFailure {
    /** How the JDK writes an alert of the other side (RFC 8446, 6). */
    private static final Pattern ALERT = Pattern.compile("\\(([a-z_]+)\\) Received fatal alert");

    /** Causes looked through, for a chain that goes round in a circle. */
    private static final int DEPTH = 8;

    private TlsFailure() {}

    /**
     * Returns the words, or null if the failure is none of TLS.
     *
     * @param clockSet whether this unit can know what day it is: if not, it cannot judge dates
     */
    public static @Nullable String words(@Nullable Throwable failure, boolean clockSet) {
        Throwable cause = failure;
        String words = null;
        for (int i = 0; i < DEPTH && cause != null; i++) {
            String deeper = one(cause, clockSet);
            words = deeper == null ? words : deeper;
            cause = cause.getCause();
        }
        return words;
    }

    private static @Nullable String one(Throwable failure, boolean clockSet) {
        String message = Objects.requireNonNullElse(failure.getMessage(), "");
        return switch (failure) {
            case IdentityException e -> message;
            case CertificateExpiredException e ->
                "the broker's certificate has ended (" + message
                        + "): the clinic renews it; unless this unit's clock is wrong, see `timedatectl`";
            case CertificateNotYetValidException e -> notYetValid(message, clockSet);
            case CertPathBuilderException e ->
                "the broker's certificate is not from the authority in [telemetry] ca: another broker, or an old ca file";
            case CertificateException e -> ofBroker(message);
            case SSLException e -> ofAlert(message);
            default -> null;
        };
    }

    private static String notYetValid(String message, boolean clockSet) {
        return clockSet
                ? "the broker's certificate is not valid yet (" + message
                        + "): this unit's clock is most likely behind; it sets itself over the network, see `timedatectl`"
                : "this unit's clock is not set yet, so it cannot judge the broker's certificate; it sets itself over the"
                        + " network (see `timedatectl`), and the unit tries again until then";
    }

    private static @Nullable String ofBroker(String message) {
        if (message.startsWith("No subject alternative") || message.startsWith("No name matching")) {
            return "the broker's certificate is for another host (" + message
                    + "): write the host it is for into [telemetry] broker";
        }
        return message.contains("xtended key usage") ? "the other side shows a certificate that is no broker's" : null;
    }

    private static @Nullable String ofAlert(String message) {
        Matcher alert = ALERT.matcher(message);
        if (!alert.find()) {
            return message.startsWith("Unsupported or unrecognized SSL message")
                    ? "the other side speaks no TLS: check the port in [telemetry] broker"
                    : null;
        }
        return switch (alert.group(1)) {
            case "certificate_expired" ->
                "the broker says that this unit's certificate has ended or is not valid yet: entrain identity show";
            case "certificate_revoked" -> "the clinic revoked this unit's certificate: ask the clinic";
            case "unknown_ca" ->
                "the broker does not know the authority of this unit's certificate: wrong clinic, or an old certificate";
            case "certificate_required" ->
                "the broker wants a certificate, and this unit has none that it would take: entrain identity show";
            case "bad_certificate", "certificate_unknown", "unsupported_certificate", "access_denied" ->
                "the broker refuses this unit's certificate: entrain identity show";
            case "protocol_version", "handshake_failure", "insufficient_security" ->
                "the broker does not speak TLS 1.3 as this unit does: update the broker";
            default -> "the broker ended TLS (" + alert.group(1) + ")";
        };
    }
}
