package dev.entrain.sim.orders;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;

/** Signs as the contract says (deploy/telemetry), whatever the text. */
public final class SignedText {
    private static final int LINE = 64;

    private final KeyPair keys;
    private final PrivateKey key;

    /** Makes a key pair. */
    public SignedText() {
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            key = keys.getPrivate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime of today has Ed25519", e);
        }
    }

    /** Returns the public half in PEM. */
    public String publicPem() {
        String text = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(keys.getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n";
    }

    /** Returns a prescription or settings. */
    public String order(String leaf, String unit, long rev, String body) {
        String hash = sha256(body);
        String sig = sign("entrain-" + leaf + "\n" + unit + "\n" + rev + "\n" + hash);
        return "{\"v\":3,\"unit\":\"" + unit + "\",\"rev\":" + rev + ",\"body\":" + quoted(body) + ",\"sha256\":\"" + hash
                + "\",\"sig\":\"" + sig + "\"}";
    }

    /** Returns a command. */
    public String command(String unit, String boot, long id, String command) {
        String sig = sign("entrain-cmd\n" + unit + "\n" + boot + "\n" + id + "\n" + command);
        return "{\"v\":3,\"unit\":\"" + unit + "\",\"boot\":\"" + boot + "\",\"id\":" + id + ",\"command\":\"" + command
                + "\",\"sig\":\"" + sig + "\"}";
    }

    private String sign(String text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key signs", e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t") + "\"";
    }
}
