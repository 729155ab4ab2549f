package dev.entrain.clinic.account;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.clinic.sql.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * The book of who did what: log-ins, patient data read, commands. It holds codes and random names, never a patient's name, and
 * nothing of a password. It is written before the answer goes out; if it cannot be written there is no answer. Thread-safe.
 */
public final class Audit {
    private static final Duration ONCE_IN = Duration.ofHours(1);

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
        /** What music a patient walked to was read. */
        READ_MUSIC,
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
        /** Somebody logged in asked for what his role may not see or do, and got nothing. */
        DENIED,
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

    /**
     * Writes one line, unless the same stands there already since the account's latest log-in and within the hour: a page that
     * refreshes itself every few seconds reads the same again and again.
     *
     * @param name account
     * @param detail what it was about
     */
    public void writeOnce(String name, What what, JsonNode detail) {
        Instant now = clock.instant();
        Instant since = now.minus(ONCE_IN);
        sql.update("""
                INSERT INTO audit (at, name, what, detail)
                SELECT n.at, n.name, n.what, n.detail
                FROM (SELECT ?::timestamptz AS at, ?::text AS name, ?::text AS what, ?::jsonb AS detail) n
                WHERE NOT EXISTS (
                    SELECT FROM audit a
                    WHERE a.at > ? AND a.name = n.name AND a.what = n.what AND a.detail = n.detail
                      AND a.at >= coalesce((SELECT max(l.at) FROM audit l
                                            WHERE l.at > ? AND l.name = n.name AND l.what = 'login'), a.at))
                """, now, name, what.word(), detail.toString(), since, since);
    }
}
