package dev.entrain.clinic.store;

import dev.entrain.clinic.store.Parcel.Coverage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is covered of some boots, locked until the end of the transaction. Rows are made with their boots, before any lock is
 * taken, and both in one order: who waits to make one holds no lock that another needs who has made it.
 */
final class Receipts {
    private static final Pattern RANGE = Pattern.compile("\\[(\\d+),(\\d+)\\)");

    /** Per boot: begin of a range, and the end it does not include. */
    private final Map<Integer, TreeMap<Long, Long>> covered = new HashMap<>();

    private final Map<Integer, Long> upTo = new HashMap<>();
    private final Map<BootKey, Integer> boots;

    private Receipts(Map<BootKey, Integer> boots) {
        this.boots = boots;
    }

    static Receipts lock(Connection on, Map<BootKey, Integer> boots) throws SQLException {
        Receipts receipts = new Receipts(boots);
        if (boots.isEmpty()) {
            return receipts;
        }
        Integer[] ids = new TreeSet<>(boots.values()).toArray(Integer[]::new);
        try (PreparedStatement lock = on.prepareStatement("""
                SELECT boot_id, covered::text, up_to(covered) FROM receipt WHERE boot_id = ANY (?::int[])
                ORDER BY boot_id FOR UPDATE""")) {
            lock.setArray(1, on.createArrayOf("int4", ids));
            receipts.read(lock);
        }
        return receipts;
    }

    /** Tells whether a number was covered when the lock was taken. */
    boolean covers(int bootId, long seq) {
        TreeMap<Long, Long> ranges = covered.get(bootId);
        Map.Entry<Long, Long> range = ranges == null ? null : ranges.floorEntry(seq);
        return range != null && seq < range.getValue();
    }

    /** Returns the end of what is covered without a hole, 0 if the first number is missing. */
    long upTo(int bootId) {
        return upTo.getOrDefault(bootId, 0L);
    }

    /** Adds what parcels cover. */
    void cover(Connection on, Collection<Coverage> coverage) throws SQLException {
        List<Coverage> wide =
                coverage.stream().filter(c -> c.lastSeq() > c.afterSeq()).toList();
        if (wide.isEmpty()) {
            return;
        }
        try (PreparedStatement update = on.prepareStatement("""
                UPDATE receipt r SET covered = r.covered + n.covered, updated = now()
                FROM (SELECT boot_id, range_agg(int8range(after_seq, last_seq, '(]')) AS covered
                      FROM unnest(?::int[], ?::bigint[], ?::bigint[]) AS i(boot_id, after_seq, last_seq)
                      GROUP BY boot_id) n
                WHERE r.boot_id = n.boot_id AND NOT r.covered @> n.covered
                RETURNING r.boot_id, up_to(r.covered)""")) {
            update.setArray(
                    1,
                    on.createArrayOf(
                            "int4", wide.stream().map(c -> boots.get(c.key())).toArray(Integer[]::new)));
            update.setArray(
                    2,
                    on.createArrayOf(
                            "int8", wide.stream().map(Coverage::afterSeq).toArray(Long[]::new)));
            update.setArray(
                    3,
                    on.createArrayOf(
                            "int8", wide.stream().map(Coverage::lastSeq).toArray(Long[]::new)));
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    upTo.put(rows.getInt(1), rows.getLong(2));
                }
            }
        }
    }

    private void read(PreparedStatement lock) throws SQLException {
        try (ResultSet rows = lock.executeQuery()) {
            while (rows.next()) {
                TreeMap<Long, Long> ranges = new TreeMap<>();
                Matcher range = RANGE.matcher(rows.getString(2));
                while (range.find()) {
                    ranges.put(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
                }
                covered.put(rows.getInt(1), ranges);
                upTo.put(rows.getInt(1), rows.getLong(3));
            }
        }
    }
}
