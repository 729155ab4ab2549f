package dev.entrain.clinic.order;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.clinic.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Writes and signs what goes down to a unit, as deploy/telemetry says. A unit trusts one key for everything and perhaps a
 * second for commands alone: a server that must sign at any hour holds the second, the first may lie offline. Thread-safe.
 */
public final class OrderSigner {
    /** Minor version of these messages. */
    private static final int MINOR_VERSION = 4;

    /** Greatest revision and number. */
    public static final long MOST_WHOLE = (1L << 53) - 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrivateKey key;

    private OrderSigner(PrivateKey key) {
        this.key = key;
    }

    /**
     * Reads a key that {@link KeyFiles#make} wrote.
     *
     * @throws IOException if it can't be read or is none; the message names the file
     */
    public static OrderSigner read(Path privateKey) throws IOException {
        return new OrderSigner(KeyFiles.readPrivate(privateKey));
    }

    /** Returns a signed prescription, {@code down/rx}; publish it retained. */
    public byte[] prescription(Unit unit, long rev, String toml) {
        return order("rx", unit, rev, toml);
    }

    /** Returns signed settings, {@code down/cfg}; publish them retained. */
    public byte[] settings(Unit unit, long rev, String toml) {
        return order("cfg", unit, rev, toml);
    }

    /**
     * Returns a signed command, {@code down/cmd}; publish it with an expiry of 1 to 60 s, not retained.
     *
     * @param boot of the unit's {@code up/birth}
     * @param id greater than any before within that boot; the time in ms will do
     * @param command identify, start, stop or send_logs
     */
    public byte[] command(Unit unit, String boot, long id, String command) {
        check(id);
        ObjectNode message = message(unit);
        message.put("boot", boot).put("id", id).put("command", command);
        return signed(message, "entrain-cmd\n" + unit.name() + "\n" + boot + "\n" + id + "\n" + command);
    }

    private byte[] order(String leaf, Unit unit, long rev, String toml) {
        check(rev);
        String hash = sha256(toml);
        ObjectNode message = message(unit);
        message.put("rev", rev).put("body", toml).put("sha256", hash);
        return signed(message, "entrain-" + leaf + "\n" + unit.name() + "\n" + rev + "\n" + hash);
    }

    private static ObjectNode message(Unit unit) {
        return JSON.createObjectNode().put("v", MINOR_VERSION).put("unit", unit.name());
    }

    private byte[] signed(ObjectNode message, String text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            message.put("sig", Base64.getEncoder().encodeToString(signature.sign()));
            return JSON.writeValueAsBytes(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key signs", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(long number) {
        if (number < 1 || number > MOST_WHOLE) {
            throw new IllegalArgumentException("a revision or number must be 1 to " + MOST_WHOLE + ", not " + number);
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
}
