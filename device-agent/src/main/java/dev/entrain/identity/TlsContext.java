package dev.entrain.identity;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Mutual TLS 1.3 from files as they are now: the unit shows its certificate, the broker's must come from the clinic's authority
 * and carry the host name that was asked for. Made anew for each connection, so that a renewed certificate counts from the next
 * one on and no earlier session is resumed past a revocation.
 */
public final class TlsContext {
    private static final int ASK_MS = 2_500;

    private final SSLSocketFactory sockets;
    private final IdentityFolder.@Nullable Generation generation;

    private TlsContext(SSLSocketFactory sockets, IdentityFolder.@Nullable Generation generation) {
        this.sockets = sockets;
        this.generation = generation;
    }

    /**
     * Reads and checks the files. Dates are left to the broker and to {@link UnitCertificate#notice}: a unit without network
     * may not know what day it is.
     *
     * @param unit the name the certificate must carry
     * @throws IdentityException naming the file that is wrong and what to do
     */
    public static TlsContext of(TlsFiles files, String unit) throws IdentityException {
        // First, so that a certificate that is swapped meanwhile cannot be credited with the connection of the old one.
        IdentityFolder.Generation generation = IdentityFolder.generationOf(files.key());
        List<X509Certificate> authority = PemFiles.certificates(files.authority());
        List<X509Certificate> chain = PemFiles.certificates(files.certificate());
        PrivateKey key = PemFiles.key(files.key());
        String name = UnitCertificate.of(chain.getFirst()).name();
        if (!name.equals(unit)) {
            throw new IdentityException(files.certificate() + ": is for '" + name + "', but this unit is '" + unit
                    + "'; correct [telemetry] unit or put the unit's own certificate there");
        }
        if (!belong(key, chain.getFirst().getPublicKey())) {
            throw new IdentityException(files.key() + ": does not belong to " + files.certificate()
                    + "; put there what was made together (entrain identity)");
        }
        return new TlsContext(
                new TlsSocketFactory(context(authority, chain, key).getSocketFactory()), generation);
    }

    /** Returns what makes sockets that speak TLS 1.3 only and check the host name. */
    public SSLSocketFactory sockets() {
        return sockets;
    }

    /**
     * Asks a broker that broke the line right after TLS why. In TLS 1.3 a client believes itself connected before the broker
     * has looked at its certificate, and what it sends at once may make the kernel throw the broker's reason away; so this
     * connects once more and sends nothing. Waits up to 5 s.
     *
     * @param clockSet whether this unit can know what day it is
     * @return the words for a technician, or null if the broker gave no reason
     */
    public @Nullable String refusal(URI broker, boolean clockSet) {
        try (Socket line = sockets.createSocket()) {
            line.connect(new InetSocketAddress(broker.getHost(), broker.getPort()), ASK_MS);
            line.setSoTimeout(ASK_MS);
            ((SSLSocket) line).startHandshake();
            // A broker that takes the certificate says nothing before it is spoken to: this ends in a time-out.
            line.getInputStream().read();
            return null;
        } catch (IOException e) {
            return TlsFailure.words(e, clockSet);
        }
    }

    /** The broker took this certificate: what it replaced is deleted. */
    public void proved() throws IOException {
        if (generation != null) {
            generation.deleteOlder();
        }
    }

    /** Tells whether a private and a public key are one pair. */
    static boolean belong(PrivateKey key, PublicKey publicKey) {
        try {
            String algorithm = switch (key.getAlgorithm()) {
                case "EC" -> "SHA256withECDSA";
                case "RSA" -> "SHA256withRSA";
                default -> "Ed25519";
            };
            byte[] challenge = new byte[32];
            new SecureRandom().nextBytes(challenge);
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(challenge);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(challenge);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // Of different kinds.
        }
    }

    private static SSLContext context(List<X509Certificate> authority, List<X509Certificate> chain, PrivateKey key) {
        try {
            char[] none = {};
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, none);
            own.setKeyEntry("unit", key, none, chain.toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(own, none);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, none);
            for (int i = 0; i < authority.size(); i++) {
                trusted.setCertificateEntry("authority-" + i, authority.get(i));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java runtime has PKCS12, PKIX and TLS 1.3", e);
        }
    }
}
