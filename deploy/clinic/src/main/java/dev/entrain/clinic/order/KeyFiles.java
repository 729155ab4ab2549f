package dev.entrain.clinic.order;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Ed25519 keys as files in PEM: the private half for its owner's eyes only, the public half for the units. */
public final class KeyFiles {
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final int LINE = 64;
    private static final long MOST_BYTES = 10_000;

    private KeyFiles() {}

    /** Where a pair was written. */
    public record Pair(Path privateKey, Path publicKey) {}

    /**
     * Makes a pair.
     *
     * @param folder is made where missing
     * @param name of the files, without their endings {@code .key} and {@code .pub}
     * @throws IOException if a file of that name is there already, or can't be written
     */
    public static Pair make(Path folder, String name) throws IOException {
        Path secret = folder.resolve(name + ".key");
        Path open = folder.resolve(name + ".pub");
        for (Path file : new Path[] {secret, open}) {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
        }
        Files.createDirectories(folder);
        KeyPair pair;
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime of today has Ed25519", e);
        }
        FileAttribute<?> ownersOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        // Made with its rights, so that nobody can open it in between.
        Files.createFile(secret, ownersOnly);
        Files.writeString(secret, pem(PRIVATE, pair.getPrivate().getEncoded()), StandardOpenOption.WRITE);
        Files.writeString(open, pem(PUBLIC, pair.getPublic().getEncoded()), StandardOpenOption.CREATE_NEW);
        return new Pair(secret, open);
    }

    /**
     * Reads a private key.
     *
     * @throws IOException if it can't be read or is none; the message names the file, never its content
     */
    static PrivateKey readPrivate(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " is too large for a key");
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(begin(PRIVATE));
        int end = text.indexOf(end(PRIVATE));
        if (begin < 0 || end < begin) {
            throw new IOException(file + " is no private key in PEM (PKCS#8); make one with: entrain-clinic keygen");
        }
        try {
            byte[] der = Base64.getMimeDecoder()
                    .decode(text.substring(begin + begin(PRIVATE).length(), end));
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + " is no Ed25519 key; make one with: entrain-clinic keygen", e);
        }
    }

    private static String pem(String what, byte[] der) {
        String text = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return begin(what) + "\n" + text + "\n" + end(what) + "\n";
    }

    private static String begin(String what) {
        return "-----BEGIN " + what + "-----";
    }

    private static String end(String what) {
        return "-----END " + what + "-----";
    }
}
