package dev.entrain.clinic.account;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.clinic.sql.Sql;
import java.time.InstantSource;
import java.util.Locale;

/**
 * The book of who did what: log-ins, patient data read, commands. It holds codes and random names, never a patient's name, and
 * nothing of a password. It is written before the answer goes out; if it cannot be written there is no answer. Thread-safe.
 */
public final class Audit {
    private final Sql sql;
    private final InstantSource clock;

    /** What is written down. */
    public enum What {
        /** Somebody logged in. */
        LOGIN,
        /** A wrong password, or an account that is none or disabled. */
        LOGIN_FAILED,
        /** A try that came too early. */
        LOGIN_THROTTLED,
        /** Somebody logged out. */
        LOGOUT,
        /** The list of patient codes was read. */
        READ_PATIENTS,
        /** A patient's weeks were read. */
        READ_TREND,
        /** A list of sessions was read. */
        READ_SESSIONS,
        /** A session was read. */
        READ_SESSION,
        /** A session's records were read. */
        READ_RECORDS,
        /** A unit's live stream was opened. */
        READ_LIVE,
        /** A unit was given to a patient, or taken from one. */
        ASSIGN,
        /** A command was sent to a unit. */
        COMMAND,
        /** An account was added, changed or removed on the command line. */
        ACCOUNT;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Writes to the database. */
    public Audit(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Writes one line.
     *
     * @param name account; for a failed log-in what was typed, if it has the form of a name, else empty
     * @param detail what it was about: unit, patient (code), session, address
     */
    public void write(String name, What what, JsonNode detail) {
        sql.update(
                "INSERT INTO audit (at, name, what, detail) VALUES (?, ?, ?, ?::jsonb)",
                clock.instant(),
                name,
                what.word(),
                detail.toString());
    }
}
