package dev.entrain.identity;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Objects;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate says of a unit.
 *
 * @param name common name; empty if it has none
 * @param validFrom first moment
 * @param validUntil last moment
 * @param serial hexadecimal, as deploy/authority lists it
 * @param sha256 fingerprint of the whole certificate, hexadecimal
 */
public record UnitCertificate(String name, Instant validFrom, Instant validUntil, String serial, String sha256) {
    /** So long before its end a certificate is told to be renewed, days. */
    public static final int WARN_DAYS = 30;

    /**
     * Reads the unit's certificate.
     *
     * @throws IdentityException if it is not there or not readable
     */
    public static UnitCertificate read(Path file) throws IdentityException {
        return of(PemFiles.certificates(file).getFirst());
    }

    static UnitCertificate of(X509Certificate certificate) {
        try {
            return new UnitCertificate(
                    name(certificate),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    certificate.getSerialNumber().toString(16),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256, and the certificate was just read", e);
        }
    }

    /** Returns whole days until the end, negative after it. {@code now}: UTC, which a unit without network may not know. */
    public long daysLeft(Instant now) {
        return Math.floorDiv(ChronoUnit.SECONDS.between(now, validUntil), 86_400L);
    }

    /** Returns a line for the technician if something is to be done; null while nothing is. */
    public @Nullable String notice(Instant now) {
        String until = validUntil.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        if (now.isBefore(validFrom)) {
            return "the unit's certificate is valid from "
                    + validFrom.atOffset(ZoneOffset.UTC).toLocalDate() + ", but the unit's clock says "
                    + now.atOffset(ZoneOffset.UTC).toLocalDate()
                    + ": the clock is most likely not set yet; it sets itself over the network";
        }
        if (now.isAfter(validUntil)) {
            return "the unit's certificate ended on " + until
                    + ", so the broker will refuse it: entrain identity renew (unless the unit's clock is wrong, it says "
                    + now.atOffset(ZoneOffset.UTC).toLocalDate() + ")";
        }
        return daysLeft(now) < WARN_DAYS
                ? "the unit's certificate ends on " + until + ", in " + daysLeft(now) + " days: entrain identity renew"
                : null;
    }

    private static String name(X509Certificate certificate) {
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return Objects.toString(part.getValue());
                }
            }
            return "";
        } catch (InvalidNameException e) {
            return "";
        }
    }
}
