package dev.entrain.clinic.account;

import java.util.Locale;

/** What somebody is at the clinic, and so what he may see. */
public enum Role {
    /** Sees patients by their codes, their sessions and trends, and may start and stop a walk. */
    CLINICIAN,
    /** Sees units and their health, never a patient. */
    TECHNICIAN;

    /** Returns the word used in the database, on the command line and by the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@link #word}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Role of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is no role: write clinician or technician");
    }
}
