package dev.entrain.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a unit keeps who it is: {@code identity} in its state folder.
 *
 * <pre>
 * identity/1/           key.pem (0600), public.pem, certificate.pem
 * identity/2/           key.pem, public.pem: waits for its certificate
 * identity/current -> 1 what the unit shows now; the link is replaced as a whole, so a power cut leaves old or new
 * </pre>
 *
 * A key is made here and never leaves. What {@code current} replaced stays until the broker took the new certificate. Not
 * thread-safe: a technician's commands use it, one at a time; the agent only reads, and deletes what is proved to be old.
 */
public final class IdentityFolder {
    private static final String CURRENT = "current";
    private static final String KEY = "key.pem";
    private static final String PUBLIC_KEY = "public.pem";
    private static final String CERTIFICATE = "certificate.pem";

    /** P-256: taken by TLS 1.3 of every broker and by OpenSSL of any age, and quick on a small processor. */
    private static final String CURVE = "secp256r1";

    private final Path folder;

    /** Names the folder {@code identity} in a unit's state folder; makes nothing. */
    public IdentityFolder(Path stateDir) {
        folder = stateDir.resolve("identity");
    }

    /** Makes up a unit's name of 60 random bits, so that it tells nothing of its wearer, place or number. */
    public static String newName() {
        return "u-" + String.format(Locale.ROOT, "%015x", new SecureRandom().nextLong() >>> 4);
    }

    /** Returns where the key in use is, for {@code [telemetry] key}. */
    public Path key() {
        return folder.resolve(CURRENT).resolve(KEY);
    }

    /** Returns where the certificate in use is, for {@code [telemetry] certificate}. */
    public Path certificate() {
        return folder.resolve(CURRENT).resolve(CERTIFICATE);
    }

    /** Returns whether the unit has a key with a certificate. */
    public boolean inUse() {
        return currentNumber() > 0;
    }

    /** Returns whether a key waits for its certificate. */
    public boolean waiting() throws IOException {
        return waitingNumber() > 0;
    }

    /**
     * Makes a key that waits for its certificate; the one in use stays in use.
     *
     * @param replace whether a key that waits already is given up
     * @throws IdentityException if one waits already
     */
    public void makeKey(boolean replace) throws IOException {
        int waiting = waitingNumber();
        if (waiting > 0 && !replace) {
            throw new IdentityException(folder.resolve(Integer.toString(waiting))
                    + ": a key waits there for its certificate already; `entrain identity request` asks for it,"
                    + " --replace gives the key up and makes another");
        }
        makeFolder();
        if (waiting > 0) {
            delete(waiting);
        }
        Path fresh = folder.resolve(Integer.toString(newest() + 1));
        Files.createDirectory(
                fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        KeyPair pair = newPair();
        write(
                fresh.resolve(PUBLIC_KEY),
                PemFiles.pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        write(fresh.resolve(KEY), PemFiles.pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        force(fresh);
        force(folder);
    }

    /**
     * Returns a signing request in PEM for the key that waits.
     *
     * @param unit the unit's name, which becomes the common name
     */
    public String request(String unit) throws IOException {
        Path waiting = waitingFolder();
        return SigningRequest.of(
                unit, PemFiles.key(waiting.resolve(KEY)), PemFiles.publicKey(waiting.resolve(PUBLIC_KEY)));
    }

    /**
     * Puts a certificate to the key that waits, and both in use.
     *
     * @param certificate PEM, the unit's certificate first
     * @param authority PEM, one of its certificates must have signed it
     * @throws IdentityException if it is not this unit's, not this key's, not of the authority, or not for a unit
     */
    public UnitCertificate accept(Path certificate, Path authority, String unit) throws IOException {
        Path waiting = waitingFolder();
        X509Certificate leaf = PemFiles.certificates(certificate).getFirst();
        UnitCertificate told = UnitCertificate.of(leaf);
        if (!told.name().equals(unit)) {
            throw new IdentityException(certificate + ": is for '" + told.name() + "', but this unit is '" + unit
                    + "'; take the unit's own, or correct [telemetry] unit and ask again");
        }
        if (!TlsContext.belong(PemFiles.key(waiting.resolve(KEY)), leaf.getPublicKey())) {
            throw new IdentityException(certificate + ": was not made for the key that waits in " + waiting
                    + "; have the request issued that `entrain identity request` gives now");
        }
        if (!PemFiles.signedByOne(leaf, PemFiles.certificates(authority))) {
            throw new IdentityException(certificate + ": was not signed by the authority in " + authority
                    + "; take the clinic's own, or copy the clinic's ca file anew");
        }
        write(waiting.resolve(CERTIFICATE), Files.readString(certificate));
        force(waiting);
        use(Integer.parseInt(waiting.getFileName().toString()));
        return told;
    }

    /**
     * Goes back to what the certificate in use replaced, as long as the broker did not take the newer one.
     *
     * @throws IdentityException if nothing older is left
     */
    public void back() throws IOException {
        int current = currentNumber();
        int older =
                numbers().stream().filter(n -> n < current).reduce(Math::max).orElse(0);
        if (older == 0) {
            throw new IdentityException(
                    folder
                            + ": nothing older is left: the broker took the certificate in use, and what it replaced was deleted");
        }
        use(older);
        delete(current);
    }

    /** A key with its certificate, as it was when a connection began. */
    static final class Generation {
        private final IdentityFolder of;
        private final int number;

        Generation(IdentityFolder of, int number) {
            this.of = of;
            this.number = number;
        }

        void deleteOlder() throws IOException {
            for (int n : of.numbers()) {
                if (n < number) {
                    of.delete(n);
                }
            }
        }
    }

    /** Returns the generation in use that a key file belongs to; null if the file is not in such a folder. */
    static @Nullable Generation generationOf(Path key) {
        Path link = key.toAbsolutePath().getParent();
        Path folder = link == null ? null : link.getParent();
        if (link == null
                || folder == null
                || folder.getParent() == null
                || !link.endsWith(Path.of("identity", CURRENT))) {
            return null;
        }
        IdentityFolder of = new IdentityFolder(folder.getParent());
        int number = of.currentNumber();
        return number == 0 ? null : new Generation(of, number);
    }

    private void makeFolder() throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path stateDir = folder.toAbsolutePath().getParent();
        Files.createDirectories(stateDir);
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (!Files.getOwner(folder).equals(Files.getOwner(stateDir))) {
            Files.delete(folder);
            throw new IdentityException(stateDir + ": belongs to " + Files.getOwner(stateDir)
                    + ", who could not read a key made by you; make it as that user: sudo -u "
                    + Files.getOwner(stateDir) + " entrain identity ...");
        }
    }

    private void use(int number) throws IOException {
        Path link = folder.resolve(CURRENT + ".new");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(Integer.toString(number)));
        Files.move(link, folder.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
        force(folder);
    }

    private int currentNumber() {
        try {
            return Integer.parseInt(
                    Files.readSymbolicLink(folder.resolve(CURRENT)).toString());
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private int waitingNumber() throws IOException {
        int newest = newest();
        return newest > currentNumber() ? newest : 0;
    }

    private Path waitingFolder() throws IOException {
        int waiting = waitingNumber();
        if (waiting == 0) {
            throw new IdentityException(folder + ": no key waits for a certificate; `entrain identity "
                    + (inUse() ? "renew" : "key") + "` makes one");
        }
        return folder.resolve(Integer.toString(waiting));
    }

    private int newest() throws IOException {
        return numbers().stream().reduce(0, Math::max);
    }

    private List<Integer> numbers() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .filter(name -> name.matches("[1-9][0-9]{0,6}"))
                    .map(Integer::valueOf)
                    .toList();
        }
    }

    private void delete(int number) throws IOException {
        Path old = folder.resolve(Integer.toString(number));
        // The key first: a folder without it is no identity any more.
        for (String name : List.of(KEY, PUBLIC_KEY, CERTIFICATE)) {
            Files.deleteIfExists(old.resolve(name));
        }
        Files.delete(old);
    }

    private static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("every Java runtime has P-256", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has EC keys", e);
        }
    }

    /** Writes a new file that only its owner may read, down to the disk. */
    private static void write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            while (bytes.hasRemaining()) { // Ends: each write takes at least a byte or throws.
                channel.write(bytes);
            }
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw new IdentityException(file + ": somebody else makes it at this moment; try again");
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
