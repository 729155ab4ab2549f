package dev.entrain.clinic.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.clinic.sql.Sql;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets people in who know the password of an account, and slows those down who do not. Thread-safe. */
public final class Logins {
    /** How long a browser is known after it last logged in. */
    public static final Duration DEVICE = Duration.ofDays(90);

    private static final long BUSY_S = 5;

    private final Sql sql;
    private final Accounts accounts;
    private final Passwords passwords;
    private final WebSessions sessions;
    private final Throttle throttle;
    private final Audit audit;
    private final InstantSource clock;
    private final SecureRandom random;

    /** What became of a try. */
    public sealed interface Outcome {
        /**
         * In.
         *
         * @param session the log-in's secret
         * @param device the browser's, for its next log-in
         */
        record In(Token session, Token device) implements Outcome {}

        /** Wrong, for whatever reason. */
        record Wrong() implements Outcome {}

        /**
         * Too early.
         *
         * @param seconds to wait
         */
        record Wait(long seconds) implements Outcome {}
    }

    /** Puts the parts together. */
    public Logins(
            Sql sql,
            Accounts accounts,
            Passwords passwords,
            WebSessions sessions,
            Audit audit,
            InstantSource clock,
            SecureRandom random) {
        this.sql = sql;
        this.accounts = accounts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.throttle = new Throttle(sql, clock);
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Tries a password.
     *
     * @param address where from
     * @param device the secret of a browser that logged in before; null if it has none
     */
    public Outcome login(String name, String password, String address, @Nullable Token device) {
        String known = Accounts.wellFormed(name) ? name : "";
        ObjectNode detail = JsonNodeFactory.instance.objectNode().put("address", address);
        Token trusted = device != null && knows(known, device) ? device : null;
        List<Throttle.Key> keys = new ArrayList<>();
        if (trusted != null) {
            keys.add(Throttle.Key.device(known, trusted));
        } else {
            keys.add(Throttle.Key.account(known));
            keys.add(Throttle.Key.address(address));
        }
        long waitS = throttle.claim(keys);
        if (waitS > 0) {
            audit.write(known, Audit.What.LOGIN_THROTTLED, detail);
            return new Outcome.Wait(waitS);
        }
        String hash = accounts.hashOf(known);
        try {
            if (!passwords.matches(password, hash) || hash == null) {
                audit.write(known, Audit.What.LOGIN_FAILED, detail);
                return new Outcome.Wrong();
            }
        } catch (Passwords.TooBusy e) {
            throttle.right(keys); // Nobody has looked at it: it was not wrong.
            return new Outcome.Wait(BUSY_S);
        }
        throttle.right(keys);
        if (passwords.outdated(hash)) {
            accounts.rehash(known, password);
        }
        audit.write(known, Audit.What.LOGIN, detail);
        return new Outcome.In(sessions.open(known), remember(known, trusted));
    }

    private boolean knows(String name, Token device) {
        return sql.first(
                        "SELECT 1 FROM login_device WHERE token_hash = ? AND name = ? AND used > ?",
                        row -> row.getInt(1),
                        device.sha256(),
                        name,
                        clock.instant().minus(DEVICE))
                != null;
    }

    /** Gives the browser a new secret in place of its old one. */
    private Token remember(String name, @Nullable Token old) {
        Token token = Token.random(random);
        sql.transaction(transaction -> {
            transaction.update(
                    "DELETE FROM login_device WHERE used <= ?", clock.instant().minus(DEVICE));
            if (old != null) {
                transaction.update("DELETE FROM login_device WHERE token_hash = ?", old.sha256());
            }
            return transaction.update(
                    "INSERT INTO login_device (token_hash, name, used) VALUES (?, ?, ?)",
                    token.sha256(),
                    name,
                    clock.instant());
        });
        return token;
    }
}
