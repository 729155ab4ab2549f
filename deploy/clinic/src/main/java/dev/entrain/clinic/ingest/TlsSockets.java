package dev.entrain.clinic.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Sockets of mutual TLS 1.3 from PEM files, and of nothing older; the name of who answers is checked in the handshake. */
final class TlsSockets extends SSLSocketFactory {
    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final String[] KEY_KINDS = {"EC", "Ed25519", "RSA"};

    private final SSLSocketFactory inner;

    private TlsSockets(SSLSocketFactory inner) {
        this.inner = inner;
    }

    /**
     * Reads the files.
     *
     * @throws IOException if one can't be read or is not what it should be; the message names it
     */
    static TlsSockets of(TlsFiles files) throws IOException {
        try {
            KeyStore trusted = emptyStore();
            int number = 0;
            for (Certificate authority : certificates(files.authority())) {
                trusted.setCertificateEntry("authority" + number++, authority);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyStore own = emptyStore();
            own.setKeyEntry(
                    "own",
                    key(files.key()),
                    new char[0],
                    certificates(files.certificate()).toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, new char[0]);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return new TlsSockets(context.getSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new IOException("the TLS files do not fit together: " + e.getMessage(), e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IOException(file + " holds no certificate");
            }
            return found;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no certificate in PEM: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        String text = Files.readString(file);
        int begin = text.indexOf("-----BEGIN PRIVATE KEY-----");
        int end = text.indexOf("-----END PRIVATE KEY-----");
        if (begin < 0 || end < begin) {
            throw new IOException(file + " holds no private key in PEM (PKCS#8, BEGIN PRIVATE KEY)");
        }
        byte[] der = Base64.getMimeDecoder().decode(text.substring(text.indexOf('\n', begin), end));
        for (String kind : KEY_KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                org.tinylog.Logger.trace("{} is no {} key", file, kind);
            }
        }
        throw new IOException(file + " holds a private key of a kind this does not know (EC, Ed25519 or RSA)");
    }

    private static Socket strict(Socket socket) {
        SSLSocket secured = (SSLSocket) socket;
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return inner.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return inner.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
        return strict(inner.createSocket());
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean close) throws IOException {
        return strict(inner.createSocket(plain, host, port, close));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return strict(inner.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return strict(inner.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return strict(inner.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return strict(inner.createSocket(host, port, from, fromPort));
    }
}
