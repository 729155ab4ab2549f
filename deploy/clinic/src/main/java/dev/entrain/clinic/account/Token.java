package dev.entrain.clinic.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A secret a browser holds: 256 random bits. The database knows its SHA-256 only, so who reads the database can not log in.
 *
 * @param text 43 characters of base64url
 */
public record Token(String text) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int BYTES = 32;

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Token {
        if (!wellFormed(text)) {
            throw new IllegalArgumentException("not a token");
        }
    }

    /** Returns whether a cookie's value can be a token. */
    public static boolean wellFormed(String text) {
        return FORM.matcher(text).matches();
    }

    static Token random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    byte[] sha256() {
        return sha256(text);
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Says nothing of the secret, because texts end in logs. */
    @Override
    public String toString() {
        return "Token";
    }
}
