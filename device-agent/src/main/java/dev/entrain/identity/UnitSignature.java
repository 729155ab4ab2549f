package dev.entrain.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a unit signs with its key, such as the report of its provisioning. */
public final class UnitSignature {
    private static final String ALGORITHM = "SHA256withECDSA";

    private UnitSignature() {}

    /** Returns how a unit signs. */
    public static String algorithm() {
        return ALGORITHM;
    }

    /**
     * Signs.
     *
     * @param key the unit's, EC
     * @return base64 of the DER signature
     * @throws IdentityException if the key cannot be read or is of another kind
     */
    public static String sign(Path key, byte[] bytes) throws IdentityException {
        PrivateKey own = PemFiles.key(key);
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(own);
            signature.update(bytes);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IdentityException(key + ": cannot sign (" + e.getMessage() + "); a unit's key is EC P-256");
        }
    }

    /**
     * Checks a signature against a certificate, and that against an authority if one is given.
     *
     * @param certificate PEM
     * @param authority the clinic's file, or null
     * @return what is wrong, a sentence; null if all is well
     * @throws IdentityException if the authority's file cannot be read
     */
    public static @Nullable String problem(String certificate, String value, byte[] bytes, @Nullable Path authority)
            throws IdentityException {
        X509Certificate leaf;
        try {
            leaf = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate.getBytes(StandardCharsets.UTF_8)));
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(leaf.getPublicKey());
            signature.update(bytes);
            if (!signature.verify(Base64.getDecoder().decode(value))) {
                return "the signature does not fit: the report was changed, or another unit's key signed it";
            }
        } catch (CertificateException e) {
            return "its certificate cannot be read";
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return "its signature cannot be read";
        }
        if (authority != null && !PemFiles.signedByOne(leaf, PemFiles.certificates(authority))) {
            return "its certificate was not signed by the authority in " + authority;
        }
        return null;
    }

    /** Returns the name in a certificate in PEM; empty if there is none or it cannot be read. */
    public static String nameIn(String certificate) {
        try {
            return UnitCertificate.of((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(certificate.getBytes(StandardCharsets.UTF_8))))
                    .name();
        } catch (CertificateException e) {
            return "";
        }
    }
}
