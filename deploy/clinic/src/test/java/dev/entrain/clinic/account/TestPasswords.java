package dev.entrain.clinic.account;

/** Passwords that are cheap to check, for tests of something else. */
public final class TestPasswords {
    private TestPasswords() {}

    /** Returns hashes of 64 KiB instead of 19 MiB. */
    public static Passwords cheap() {
        return new Passwords(64);
    }
}
