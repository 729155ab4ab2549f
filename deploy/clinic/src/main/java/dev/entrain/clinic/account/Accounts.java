package dev.entrain.clinic.account;

import dev.entrain.clinic.sql.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The accounts of a clinic. Who changes or disables one ends its log-ins. Thread-safe. */
public final class Accounts {
    private static final Pattern NAME = Pattern.compile("[a-z0-9._@-]{1,64}");
    private static final int MOST = 1_000;
    private static final String COLUMNS = "SELECT name, role, disabled, created FROM account ";

    private final Sql sql;
    private final Passwords passwords;
    private final InstantSource clock;

    /** What was asked for cannot be: the message says why and what to do. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** Keeps accounts in the database. */
    public Accounts(Sql sql, Passwords passwords, InstantSource clock) {
        this.sql = sql;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** Returns whether a text has the form of an account's name. */
    public static boolean wellFormed(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Adds an account.
     *
     * @throws Refused if the name or the password is none, or the name is taken
     */
    public void add(String name, Role role, String password) throws Refused {
        if (!wellFormed(name)) {
            throw new Refused(
                    "'" + name + "' is no account's name: 1 to 64 of the characters a-z, 0-9, '.', '_', '@', '-'");
        }
        check(name, password);
        int added = sql.update(
                "INSERT INTO account (name, role, password_hash, created) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                name,
                role.word(),
                passwords.hash(password),
                clock.instant());
        if (added == 0) {
            throw new Refused("there is an account '" + name
                    + "' already: choose another name, or 'account password' for a new " + "password");
        }
    }

    /** Returns all accounts by name, at most 1,000. */
    public List<Account> list() {
        return sql.query(COLUMNS + "ORDER BY name LIMIT " + MOST, Accounts::read);
    }

    /** Returns an account, null if there is none of that name. */
    public @Nullable Account find(String name) {
        return sql.first(COLUMNS + "WHERE name = ?", Accounts::read, name);
    }

    /**
     * Gives an account a new password and ends its log-ins, on every browser.
     *
     * @throws Refused if there is no such account or the password is none
     */
    public void password(String name, String password) throws Refused {
        check(name, password);
        String hash = passwords.hash(password);
        changed(name, sql.transaction(transaction -> {
            int done = transaction.update("UPDATE account SET password_hash = ? WHERE name = ?", hash, name);
            transaction.update("DELETE FROM web_session WHERE name = ?", name);
            transaction.update("DELETE FROM login_device WHERE name = ?", name);
            return done;
        }));
    }

    /**
     * Lets nobody log in with an account any more, or again.
     *
     * @throws Refused if there is no such account
     */
    public void disable(String name, boolean disabled) throws Refused {
        changed(name, sql.transaction(transaction -> {
            transaction.update("DELETE FROM web_session WHERE name = ?", name);
            return transaction.update("UPDATE account SET disabled = ? WHERE name = ?", disabled, name);
        }));
    }

    /**
     * Removes an account; what it did stays in the audit.
     *
     * @throws Refused if there is no such account
     */
    public void remove(String name) throws Refused {
        changed(name, sql.update("DELETE FROM account WHERE name = ?", name));
    }

    @Nullable
    String hashOf(String name) {
        return sql.first(
                "SELECT password_hash FROM account WHERE name = ? AND NOT disabled", row -> row.getString(1), name);
    }

    /** Keeps a log-in's password under new parameters; its log-ins go on. */
    void rehash(String name, String password) {
        sql.update("UPDATE account SET password_hash = ? WHERE name = ?", passwords.hash(password), name);
    }

    private static void changed(String name, int rows) throws Refused {
        if (rows == 0) {
            throw new Refused("there is no account '" + name + "': 'account list' shows those there are");
        }
    }

    private static void check(String name, String password) throws Refused {
        String refusal = Passwords.refusal(name, password);
        if (refusal != null) {
            throw new Refused("this password is not taken: " + refusal);
        }
    }

    private static Account read(ResultSet row) throws SQLException {
        return new Account(
                row.getString("name"),
                Role.of(row.getString("role")),
                row.getBoolean("disabled"),
                Objects.requireNonNull(Sql.instant(row, "created")));
    }
}
