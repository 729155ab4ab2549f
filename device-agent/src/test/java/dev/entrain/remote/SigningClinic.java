package dev.entrain.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** A clinic that signs by the words of the contract, with a key of its own. */
public final class SigningClinic {
    public static final String UNIT = "u-7f3a";
    public static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";

    private final KeyPair keys;

    public SigningClinic() {
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the public half. */
    public Path publicKey(Path file) throws IOException {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(keys.getPublic().getEncoded());
        return Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n");
    }

    public String sign(String text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] order(String leaf, long rev, String body) {
        return order(leaf, UNIT, rev, body);
    }

    public byte[] order(String leaf, String unit, long rev, String body) {
        String hash = Order.sha256(body);
        return ("{\"v\":3,\"unit\":\"" + unit + "\",\"rev\":" + rev + ",\"body\":" + quoted(body) + ",\"sha256\":\""
                        + hash + "\",\"sig\":\"" + sign("entrain-" + leaf + "\n" + unit + "\n" + rev + "\n" + hash)
                        + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    public byte[] command(long id, String command) {
        return command(UNIT, BOOT, id, command);
    }

    public byte[] command(String unit, String boot, long id, String command) {
        return ("{\"v\":3,\"unit\":\"" + unit + "\",\"boot\":\"" + boot + "\",\"id\":" + id + ",\"command\":\""
                        + command + "\",\"sig\":\""
                        + sign("entrain-cmd\n" + unit + "\n" + boot + "\n" + id + "\n" + command) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t") + "\"";
    }
}
