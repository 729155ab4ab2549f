package dev.entrain.clinic.account;

import dev.entrain.clinic.sql.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

/**
 * Slows guessing down, for all receivers side by side. Each wrong password beyond the free ones doubles the wait, up to a
 * bound; an hour without a wrong one forgets them. A try counts before its password is looked at, so that a hundred at once
 * count as a hundred, and a try that came too early counts as none, so that nobody prolongs a wait by knocking.
 *
 * <p>A browser that logged in to the account before is counted by itself: a stranger can make other strangers wait, not it.
 * Thread-safe.
 */
final class Throttle {
    private static final Duration FORGOTTEN = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 16;

    private final Sql sql;
    private final InstantSource clock;

    /**
     * What tries are counted by.
     *
     * @param what the same for the same account, address or device
     * @param free wrong passwords before the first wait
     * @param mostS longest wait, s
     */
    record Key(String what, int free, long mostS) {
        static Key account(String name) {
            return new Key("account:" + name, 5, 300);
        }

        static Key address(String address) {
            return new Key("address:" + address, 20, 60);
        }

        static Key device(String name, Token token) {
            return new Key("device:" + name + ":" + token.text(), 10, 30);
        }

        /** Returns the wait after so many wrong passwords, s. */
        long waitS(int failures) {
            int over = failures - free;
            return over < 0 ? 0 : Math.min(mostS, 1L << Math.min(over, MOST_DOUBLINGS));
        }

        private String hash() {
            return HexFormat.of().formatHex(Token.sha256(what));
        }
    }

    Throttle(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Counts a try, under every key or, if one of them has to wait, under none.
     *
     * @return seconds to wait; 0 if the try may be made
     */
    long claim(List<Key> keys) {
        // The database keeps microseconds and rounds: a finer now could lie before what was just written as now.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return sql.transaction(transaction -> {
            // What somebody else has locked is left to the next one: waiting for it here could wait in a circle.
            transaction.update(
                    "DELETE FROM login_failure WHERE what IN"
                            + " (SELECT what FROM login_failure WHERE last < ? FOR UPDATE SKIP LOCKED)",
                    now.minus(FORGOTTEN));
            long waitS = 0;
            for (Key key : keys) {
                waitS = Math.max(waitS, waitS(transaction, key, now));
            }
            if (waitS == 0) {
                for (Key key : keys) {
                    transaction.update(
                            "UPDATE login_failure SET failures = failures + 1, last = ? WHERE what = ?",
                            now,
                            key.hash());
                }
            }
            return waitS;
        });
    }

    /** Takes a try back that was right: what else was counted under the address stays. */
    void right(List<Key> keys) {
        sql.transaction(transaction -> {
            for (Key key : keys) {
                transaction.update(
                        "UPDATE login_failure SET failures = greatest(0, failures - 1) WHERE what = ?", key.hash());
            }
            return 0;
        });
    }

    /** Locks the key's row until the end of the transaction, so that tries at once are counted one by one. */
    private static long waitS(Sql.Transaction transaction, Key key, Instant now) throws SQLException {
        transaction.update(
                "INSERT INTO login_failure (what, failures, last) VALUES (?, 0, ?) ON CONFLICT DO NOTHING",
                key.hash(),
                now);
        List<Instant> until = transaction.query(
                "SELECT failures, last FROM login_failure WHERE what = ? FOR UPDATE",
                row -> {
                    Instant last = Sql.instant(row, "last");
                    return (last == null ? now : last).plusSeconds(key.waitS(row.getInt("failures")));
                },
                key.hash());
        if (until.isEmpty() || !until.getFirst().isAfter(now)) {
            return 0;
        }
        return Math.max(
                1, Duration.between(now, until.getFirst()).plusMillis(999).toSeconds());
    }
}
