package dev.entrain.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads PEM. Whatever is wrong with a file is said with its path and what to do; what is in a key never is. */
final class PemFiles {
    /** What a clinic's authority may sign and TLS 1.3 takes; tried in this order. */
    private static final List<String> KEY_KINDS = List.of("EC", "Ed25519", "RSA");

    /** A certificate has some 1 kB, a key less; more is a wrong file. */
    private static final long MOST_BYTES = 100_000;

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private PemFiles() {}

    /** Reads one certificate or more, in their order. */
    static List<X509Certificate> certificates(Path file) throws IdentityException {
        String text = text(file);
        if (!text.contains("-----BEGIN CERTIFICATE-----")) {
            throw new IdentityException(file + ": holds no certificate in PEM (-----BEGIN CERTIFICATE-----); put the"
                    + " right file there");
        }
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new IdentityException(file + ": is damaged, its certificate cannot be read; copy it again");
        }
    }

    /** Reads a private key (PKCS#8) that nobody but its owner may read. */
    static PrivateKey key(Path file) throws IdentityException {
        String text = text(file);
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
            rights.retainAll(OTHERS);
            if (!rights.isEmpty()) {
                throw new IdentityException(
                        file + ": others may read or change this key; it is not used until: chmod 600 " + file);
            }
        } catch (UnsupportedOperationException e) {
            // A file system without such rights (FAT) cannot keep others away, and a unit's is none.
            throw new IdentityException(file + ": its file system has no rights; keep the key on another");
        } catch (IdentityException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(body(file, text, "PRIVATE KEY"));
        for (String kind : KEY_KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // Another kind.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java runtime knows " + kind, e);
            }
        }
        throw new IdentityException(file + ": is damaged or of an unknown kind; wanted is an EC, Ed25519 or RSA key");
    }

    /** Reads the public half that {@link IdentityFolder} keeps beside its key. */
    static PublicKey publicKey(Path file) throws IdentityException {
        try {
            return KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(body(file, text(file), "PUBLIC KEY")));
        } catch (GeneralSecurityException e) {
            throw new IdentityException(file + ": is damaged; make a new key (entrain identity key --replace)");
        }
    }

    /** Returns PEM with lines of 64 characters. */
    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    private static byte[] body(Path file, String text, String label) throws IdentityException {
        Matcher found = Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label + "-----")
                .matcher(text);
        if (!found.find()) {
            boolean otherKey = label.equals("PRIVATE KEY") && text.contains("PRIVATE KEY-----");
            throw new IdentityException(file + ": holds no -----BEGIN " + label + "-----; "
                    + (otherKey
                            ? "change it with: openssl pkcs8 -topk8 -nocrypt -in KEY -out " + file
                            : "put the right file there"));
        }
        try {
            return Base64.getMimeDecoder().decode(found.group(1));
        } catch (IllegalArgumentException e) {
            throw new IdentityException(file + ": is damaged; copy it again");
        }
    }

    private static String text(Path file) throws IdentityException {
        try {
            if (!Files.isRegularFile(file)) {
                // A folder that may not be entered looks like one without the file.
                throw new IdentityException(file
                        + ": no such file, or a folder above may not be entered; `entrain identity show` says what this"
                        + " unit has");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new IdentityException(file + ": is too large for a key or certificate; put the right file there");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IdentityException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static IdentityException unreadable(Path file, IOException e) {
        return new IdentityException(
                e instanceof AccessDeniedException
                        ? file + ": permission denied; give it to the user the agent runs as (chown)"
                        : file + ": can't be read: " + e.getMessage());
    }

    /** Tells whether one of the authority's certificates signed this one. */
    static boolean signedByOne(X509Certificate leaf, List<X509Certificate> authority) {
        for (X509Certificate signer : authority) {
            try {
                leaf.verify(signer.getPublicKey());
                return true;
            } catch (GeneralSecurityException e) {
                // Not by this one.
            }
        }
        return false;
    }
}
