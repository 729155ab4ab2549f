package dev.entrain.clinic.account;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with Argon2id, 19 MiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet, 2025). Thread-safe; at most two
 * hashes run at a time, because each needs its 19 MiB.
 */
public final class Passwords {
    /** Fewest characters of a new password. */
    public static final int SHORTEST = 12;

    /** Most characters of a password; a longer one is not hashed at all. */
    public static final int LONGEST = 256;

    private static final int SALT_BYTES = 16;
    private static final int AT_ONCE = 2;
    private static final int PATIENCE_S = 5;

    /** Long enough, and still among the first that somebody tries; compared without digits and signs at the end. */
    private static final List<String> COMMON = List.of(
            "password",
            "passwordpassword",
            "passwort",
            "passwortpasswort",
            "kennwort",
            "qwertyuiop",
            "qwertyuiopas",
            "qwertzuiop",
            "qwertzuiopue",
            "asdfghjkl",
            "letmein",
            "letmeinletmein",
            "welcome",
            "welcometothe",
            "iloveyou",
            "iloveyouiloveyou",
            "administrator",
            "changeme",
            "changemechangeme",
            "correcthorsebatterystaple",
            "entrain",
            "entrainentrain",
            "clinic",
            "clinician",
            "technician",
            "hospital",
            "physiotherapy",
            "rehabilitation",
            "trustno",
            "monkey",
            "dragon",
            "football",
            "sunshine",
            "princess",
            "abc",
            "abcdefghijkl");

    private final Argon2Function function;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final String nobody;

    /** Hashes at full cost. */
    public Passwords() {
        this(19_456);
    }

    /**
     * Hashes with less memory, for tests.
     *
     * @param memoryKib memory of one hash, KiB
     */
    Passwords(int memoryKib) {
        function = Argon2Function.getInstance(memoryKib, 2, 1, 32, Argon2.ID);
        nobody = hash("nobody has this password");
    }

    /**
     * Says why a new password is none, or null if it is one.
     *
     * @param name of the account
     */
    public static @Nullable String refusal(String name, String password) {
        String plain = password.toLowerCase(Locale.ROOT);
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return "it is shorter than " + SHORTEST + " characters: a few words in a row are easy to keep in mind";
        }
        if (password.length() > LONGEST) {
            return "it is longer than " + LONGEST + " characters";
        }
        if (plain.strip().equals(name)) {
            return "it is the name of the account";
        }
        String stem = plain.strip().replaceAll("[^a-z]+$", "");
        if (stem.isEmpty() || COMMON.contains(stem) || plain.chars().distinct().count() < 4) {
            return "it is among the first that somebody tries: take a few words that do not belong together";
        }
        return null;
    }

    /** Returns the hash with its salt and parameters, as text. */
    public String hash(String password) {
        return Password.hash(password).addRandomSalt(SALT_BYTES).with(function).getResult();
    }

    /**
     * Compares, for as long whether or not there is such an account.
     *
     * @param hash of the account; null where there is none
     * @throws TooBusy if others have been waiting for this too long
     */
    public boolean matches(String password, @Nullable String hash) throws TooBusy {
        if (password.length() > LONGEST) {
            return false;
        }
        try {
            if (!places.tryAcquire(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new TooBusy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooBusy();
        }
        try {
            String against = hash == null ? nobody : hash;
            boolean same = Password.check(password, against).with(Argon2Function.getInstanceFromHash(against));
            return same && hash != null;
        } finally {
            places.release();
        }
    }

    /** Returns whether a hash was made with other parameters than new ones are. */
    public boolean outdated(String hash) {
        return !Argon2Function.getInstanceFromHash(hash).equals(function);
    }

    /** More log-ins at a time than the machine can check. */
    static final class TooBusy extends Exception {
        private static final long serialVersionUID = 1L;

        TooBusy() {
            super("too many log-ins at a time");
        }
    }
}
