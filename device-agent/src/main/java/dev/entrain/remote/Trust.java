package dev.entrain.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Whose word counts: the clinic's key for everything, and perhaps a second one for commands alone. A server that must sign
 * commands at any hour holds the second; whoever breaks into it can make a unit say where it is or stop it, but can
 * prescribe nothing, because the first key may lie offline.
 */
public final class Trust {
    private static final String PEM_BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String PEM_END = "-----END PUBLIC KEY-----";
    private static final int SIGNATURE_BYTES = 64;
    private static final long MOST_FILE_BYTES = 10_000;

    private final @Nullable PublicKey orders;
    private final @Nullable PublicKey commands;
    private final String missing;

    private Trust(@Nullable PublicKey orders, @Nullable PublicKey commands, String missing) {
        this.orders = orders;
        this.commands = commands;
        this.missing = missing;
    }

    /**
     * Reads the keys. One that can't be read is told in the log and trusted by nobody; the walk does not depend on it.
     *
     * @param publicKey Ed25519 in PEM, for prescriptions, settings and commands; null for none
     * @param commandKey the same, for commands alone; null for none
     */
    public static Trust read(@Nullable Path publicKey, @Nullable Path commandKey) {
        if (publicKey == null && commandKey == null) {
            return new Trust(null, null, "this unit knows no clinic; set [clinic] public_key in its configuration");
        }
        String missing = "[clinic] public_key is not set on this unit";
        PublicKey orders = null;
        PublicKey commands = null;
        try {
            orders = publicKey == null ? null : key(publicKey);
            commands = commandKey == null ? null : key(commandKey);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            missing = "the clinic's key on this unit can't be read";
            Logger.warn(
                    "{} or {} is no Ed25519 public key in PEM ({}). Until it is, nothing the clinic sends is done:"
                            + " correct [clinic] in the configuration.",
                    publicKey,
                    commandKey,
                    e instanceof NoSuchFileException ? "no such file" : e.getMessage());
        }
        return new Trust(orders, commands, missing);
    }

    private static PublicKey key(Path file) throws IOException, GeneralSecurityException {
        if (Files.size(file) > MOST_FILE_BYTES) {
            throw new IOException(file + " is too large for a key");
        }
        String pem = Files.readString(file, StandardCharsets.US_ASCII);
        int begin = pem.indexOf(PEM_BEGIN);
        int end = pem.indexOf(PEM_END);
        if (begin < 0 || end < begin) {
            throw new IOException("\"" + PEM_BEGIN + "\" is missing");
        }
        byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + PEM_BEGIN.length(), end));
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
    }

    /** Checks a prescription's or settings' signature. */
    void checkOrder(String signed, String signature) throws RefusedException {
        if (orders == null) {
            throw new RefusedException("no_key", missing);
        }
        if (!verifies(orders, signed, signature)) {
            throw unsigned();
        }
    }

    /** Checks a command's signature: either key may have made it. */
    void checkCommand(String signed, String signature) throws RefusedException {
        if (orders == null && commands == null) {
            throw new RefusedException("no_key", missing);
        }
        boolean verified = (orders != null && verifies(orders, signed, signature))
                || (commands != null && verifies(commands, signed, signature));
        if (!verified) {
            throw unsigned();
        }
    }

    private static RefusedException unsigned() {
        return new RefusedException(
                "wrong_signature",
                "the signature is not the clinic's, or not of this message; sign it with the key whose public half this"
                        + " unit has");
    }

    private static boolean verifies(PublicKey key, String signed, String signature) {
        try {
            byte[] bytes = Base64.getDecoder().decode(signature);
            // Written in one way only, so that no bit of a message can change unnoticed.
            if (bytes.length != SIGNATURE_BYTES
                    || !Base64.getEncoder().encodeToString(bytes).equals(signature)) {
                return false;
            }
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(signed.getBytes(StandardCharsets.UTF_8));
            return check.verify(bytes);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
