package dev.entrain.clinic.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The table of dead letters: each once with a count, and not more than its bounds. */
public final class LetterShelf {
    /**
     * How much is kept.
     *
     * @param perUnit letters of one unit, so that one broken unit leaves room for others
     * @param inAll letters of all units
     */
    public record Bounds(int perUnit, int inAll) {
        /** What a clinic has. */
        public static final Bounds USUAL = new Bounds(1_000, 50_000);
    }

    private final Bounds bounds;

    LetterShelf(Bounds bounds) {
        this.bounds = bounds;
    }

    /** Returns the parcels for whose letters there is no room. */
    Set<Parcel> overfull(Connection on, Map<Parcel, List<DeadLetter>> letters) throws SQLException {
        Map<String, Integer> perUnit = new TreeMap<>();
        int inAll = 0;
        Set<Parcel> overfull = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Map.Entry<Parcel, List<DeadLetter>> entry : letters.entrySet()) {
            if (entry.getValue().isEmpty()) {
                continue;
            }
            if (perUnit.isEmpty()) {
                inAll = count(on, "SELECT count(*) FROM dead_letter WHERE ? IS NOT NULL", "");
            }
            String unit = entry.getValue().getFirst().unit();
            Integer before = perUnit.get(unit);
            int kept = before == null ? count(on, "SELECT count(*) FROM dead_letter WHERE unit = ?", unit) : before;
            int more = unknown(on, entry.getValue());
            if (more > 0 && (kept + more > bounds.perUnit() || inAll + more > bounds.inAll())) {
                overfull.add(entry.getKey());
                more = 0;
            }
            perUnit.put(unit, kept + more);
            inAll += more;
        }
        return overfull;
    }

    /** Keeps letters; one that came before is counted. */
    void put(Connection on, List<DeadLetter> letters) throws SQLException {
        if (letters.isEmpty()) {
            return;
        }
        List<DeadLetter> sorted = letters.stream()
                .sorted(Comparator.comparing(DeadLetter::topic)
                        .thenComparing(letter -> HexFormat.of().formatHex(sha256(letter))))
                .toList();
        try (PreparedStatement insert = on.prepareStatement("""
                INSERT INTO dead_letter AS d (unit, topic, reason, detail, payload, sha256) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (topic, sha256) DO UPDATE SET times = d.times + 1, last_seen = now()""")) {
            for (DeadLetter letter : sorted) {
                insert.setString(1, letter.unit());
                insert.setString(2, withoutNul(letter.topic()));
                insert.setString(3, letter.reason().label());
                insert.setString(4, withoutNul(letter.detail()));
                insert.setBytes(5, letter.payload());
                insert.setBytes(6, sha256(letter));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static int unknown(Connection on, List<DeadLetter> letters) throws SQLException {
        TreeSet<String> hashes = new TreeSet<>();
        for (DeadLetter letter : letters) {
            hashes.add(HexFormat.of().formatHex(sha256(letter)));
        }
        try (PreparedStatement query = on.prepareStatement(
                "SELECT count(*) FROM dead_letter WHERE topic = ? AND encode(sha256, 'hex') = ANY (?)")) {
            query.setString(1, withoutNul(letters.getFirst().topic()));
            query.setArray(2, Names.text(on, List.copyOf(hashes)));
            try (ResultSet row = query.executeQuery()) {
                return hashes.size() - (row.next() ? row.getInt(1) : 0);
            }
        }
    }

    private static int count(Connection on, String sql, String unit) throws SQLException {
        try (PreparedStatement query = on.prepareStatement(sql)) {
            query.setString(1, unit);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    /** Of reason and payload, so that a conflict and a broken message never pass for one another. */
    private static byte[] sha256(DeadLetter letter) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) letter.reason().ordinal());
            return digest.digest(letter.payload());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private static String withoutNul(String text) {
        return text.replace('\0', ' ');
    }
}
