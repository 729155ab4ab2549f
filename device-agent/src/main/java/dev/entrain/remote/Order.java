package dev.entrain.remote;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A prescription or settings that the clinic signed.
 *
 * @param rev its revision, 1 to 2^53 - 1
 * @param sha256 of the body, 64 hexadecimal digits
 * @param body TOML
 */
record Order(long rev, String sha256, String body) {
    private static final Pattern UNIT = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9+/=]{80,100}");

    /**
     * Reads a message and checks everything that does not need to know what it orders.
     *
     * @param unit this unit
     * @throws RefusedException with the first thing that is wrong
     */
    static Order read(OrderKind kind, byte[] payload, String unit, Trust trust) throws RefusedException {
        Fields fields = Fields.read(payload, kind.mostBytes());
        fields.whole("v", 0);
        long rev = fields.whole("rev", 1);
        try {
            return of(kind, fields, unit, rev, trust);
        } catch (RefusedException e) {
            throw new RefusedException(e.refusal(), rev);
        }
    }

    private static Order of(OrderKind kind, Fields fields, String unit, long rev, Trust trust) throws RefusedException {
        checkUnit(fields, unit);
        String body = fields.text("body", kind.mostBytes());
        String hash = fields.text("sha256", HASH, "64 hexadecimal digits in lower case");
        String signature = signature(fields);
        if (!hash.equals(sha256(body))) {
            throw new RefusedException("wrong_hash", "sha256 is not that of the body; send it again");
        }
        trust.checkOrder("entrain-" + kind.leaf() + "\n" + unit + "\n" + rev + "\n" + hash, signature);
        return new Order(rev, hash, body);
    }

    static void checkUnit(Fields fields, String unit) throws RefusedException {
        String meant = fields.text("unit", UNIT, "1 to 64 of the characters a-z, 0-9 and -");
        if (!meant.equals(unit)) {
            throw new RefusedException("wrong_unit", "it is meant for the unit " + meant + "; this is " + unit);
        }
    }

    static String signature(Fields fields) throws RefusedException {
        return fields.text("sig", SIGNATURE, "an Ed25519 signature in base64");
    }

    static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
