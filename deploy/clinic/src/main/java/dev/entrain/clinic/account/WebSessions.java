package dev.entrain.clinic.account;

import dev.entrain.clinic.sql.Sql;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who is logged in, in the database, so that receivers side by side all know. Thread-safe. */
public final class WebSessions {
    /** A log-in ends after this long without a request; an open live page counts as one. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** A log-in ends after this long, whatever happens. */
    public static final Duration LONGEST = Duration.ofHours(12);

    /** A request within this time of the last one that was written down is not written down: it would cost a write each. */
    private static final Duration GRAIN = Duration.ofMinutes(1);

    private static final int MOST_OF_ACCOUNT = 20;

    private final Sql sql;
    private final InstantSource clock;
    private final SecureRandom random;

    /** Who is asking. */
    public record Login(String name, Role role) {}

    private record Seen(Login login, Instant used) {}

    /** Keeps log-ins in the database. */
    public WebSessions(Sql sql, InstantSource clock, SecureRandom random) {
        this.sql = sql;
        this.clock = clock;
        this.random = random;
    }

    /** Starts a log-in of an account and ends those that are over, and its oldest beyond 20. */
    Token open(String name) {
        Token token = Token.random(random);
        Instant now = clock.instant();
        sql.transaction(transaction -> {
            transaction.update("DELETE FROM web_session WHERE expires <= ? OR used <= ?", now, now.minus(IDLE));
            transaction.update(
                    "INSERT INTO web_session (token_hash, name, created, used, expires) VALUES (?, ?, ?, ?, ?)",
                    token.sha256(),
                    name,
                    now,
                    now,
                    now.plus(LONGEST));
            return transaction.update(
                    "DELETE FROM web_session WHERE token_hash IN"
                            + " (SELECT token_hash FROM web_session WHERE name = ? ORDER BY created DESC OFFSET ?)",
                    name,
                    MOST_OF_ACCOUNT);
        });
        return token;
    }

    /** Returns who holds a token and keeps the log-in awake; null if nobody does any more. */
    public @Nullable Login use(Token token) {
        Instant now = clock.instant();
        Seen seen = sql.first(
                "SELECT a.name, a.role, s.used FROM web_session s JOIN account a ON a.name = s.name"
                        + " WHERE s.token_hash = ? AND s.expires > ? AND s.used > ? AND NOT a.disabled",
                row -> new Seen(
                        new Login(row.getString("name"), Role.of(row.getString("role"))),
                        Objects.requireNonNull(Sql.instant(row, "used"))),
                token.sha256(),
                now,
                now.minus(IDLE));
        if (seen == null) {
            return null;
        }
        if (seen.used().isBefore(now.minus(GRAIN))) {
            sql.update("UPDATE web_session SET used = ? WHERE token_hash = ? AND used < ?", now, token.sha256(), now);
        }
        return seen.login();
    }

    /** Ends a log-in. */
    public void close(Token token) {
        sql.update("DELETE FROM web_session WHERE token_hash = ?", token.sha256());
    }
}
