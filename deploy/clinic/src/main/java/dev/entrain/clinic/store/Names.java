package dev.entrain.clinic.store;

import dev.entrain.clinic.Unit;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The small numbers of boots and sessions. What a transaction learnt is remembered only once it is committed, and all is
 * forgotten after any failure, because the database may be another one then. For one thread.
 */
final class Names {
    private static final int REMEMBERED = 20_000;

    /** A session of a unit. */
    record SessionKey(Unit unit, String session) implements Comparable<SessionKey> {
        @Override
        public int compareTo(SessionKey other) {
            int byUnit = unit.name().compareTo(other.unit.name());
            return byUnit != 0 ? byUnit : session.compareTo(other.session);
        }
    }

    private final Map<BootKey, Integer> boots = bounded();
    private final Map<SessionKey, Integer> sessions = bounded();
    private final Map<BootKey, Integer> newBoots = new HashMap<>();
    private final Map<SessionKey, Integer> newSessions = new HashMap<>();

    void committed() {
        boots.putAll(newBoots);
        sessions.putAll(newSessions);
        newBoots.clear();
        newSessions.clear();
    }

    void forget() {
        boots.clear();
        sessions.clear();
        newBoots.clear();
        newSessions.clear();
    }

    /** Returns the numbers of boots, making those that are new. Made in one order, so that two receivers never wait in a ring. */
    Map<BootKey, Integer> boots(Connection on, Collection<BootKey> keys) throws SQLException {
        Map<BootKey, Integer> found = new TreeMap<>();
        TreeSet<BootKey> missing = new TreeSet<>();
        for (BootKey key : keys) {
            Integer id = boots.get(key);
            if (id == null) {
                missing.add(key);
            } else {
                found.put(key, id);
            }
        }
        if (!missing.isEmpty()) {
            ensureUnits(
                    on,
                    missing.stream().map(key -> key.unit().name()).distinct().toList());
            List<String> units = missing.stream().map(key -> key.unit().name()).toList();
            List<String> names = missing.stream().map(BootKey::boot).toList();
            update(on, """
                    INSERT INTO boot (unit, boot) SELECT * FROM unnest(?::text[], ?::text[])
                    ON CONFLICT DO NOTHING""", units, names);
            query(
                    on,
                    """
                    SELECT b.unit, b.boot, b.boot_id FROM boot b
                    JOIN unnest(?::text[], ?::text[]) AS i(unit, boot) ON b.unit = i.unit AND b.boot = i.boot""",
                    units,
                    names,
                    row -> newBoots.put(new BootKey(new Unit(row.getString(1)), row.getString(2)), row.getInt(3)));
            for (BootKey key : missing) {
                found.put(key, known(newBoots.get(key), key));
            }
            makeReceipts(on);
        }
        return found;
    }

    private void makeReceipts(Connection on) throws SQLException {
        try (PreparedStatement insert = on.prepareStatement(
                "INSERT INTO receipt (boot_id) SELECT i FROM unnest(?::int[]) i ORDER BY i ON CONFLICT DO NOTHING")) {
            insert.setArray(1, on.createArrayOf("int4", newBoots.values().toArray(Integer[]::new)));
            insert.executeUpdate();
        }
    }

    /** Returns the numbers of sessions, making those that are new. */
    Map<SessionKey, Integer> sessions(Connection on, Map<SessionKey, Integer> bootOf) throws SQLException {
        Map<SessionKey, Integer> found = new TreeMap<>();
        TreeSet<SessionKey> missing = new TreeSet<>();
        for (SessionKey key : bootOf.keySet()) {
            Integer id = sessions.get(key);
            if (id == null) {
                missing.add(key);
            } else {
                found.put(key, id);
            }
        }
        if (!missing.isEmpty()) {
            List<String> units = missing.stream().map(key -> key.unit().name()).toList();
            List<String> names = missing.stream().map(SessionKey::session).toList();
            Integer[] bootIds = missing.stream().map(bootOf::get).toArray(Integer[]::new);
            try (PreparedStatement insert = on.prepareStatement("""
                    INSERT INTO session (unit, session, boot_id) SELECT * FROM unnest(?::text[], ?::text[], ?::int[])
                    ON CONFLICT DO NOTHING""")) {
                insert.setArray(1, text(on, units));
                insert.setArray(2, text(on, names));
                insert.setArray(3, on.createArrayOf("int4", bootIds));
                insert.executeUpdate();
            }
            query(
                    on,
                    """
                    SELECT s.unit, s.session, s.session_id FROM session s
                    JOIN unnest(?::text[], ?::text[]) AS i(unit, session) ON s.unit = i.unit AND s.session = i.session""",
                    units,
                    names,
                    row -> newSessions.put(
                            new SessionKey(new Unit(row.getString(1)), row.getString(2)), row.getInt(3)));
            for (SessionKey key : missing) {
                found.put(key, known(newSessions.get(key), key));
            }
        }
        return found;
    }

    static void ensureUnits(Connection on, List<String> units) throws SQLException {
        try (PreparedStatement insert = on.prepareStatement(
                "INSERT INTO unit (unit) SELECT u FROM unnest(?::text[]) u ORDER BY u ON CONFLICT DO NOTHING")) {
            insert.setArray(1, text(on, units));
            insert.executeUpdate();
        }
    }

    static Array text(Connection on, List<String> values) throws SQLException {
        return on.createArrayOf("text", values.toArray(String[]::new));
    }

    private static int known(@org.jspecify.annotations.Nullable Integer id, Object key) throws SQLException {
        if (id == null) {
            throw new SQLException("a row just made is not there: " + key, "40001");
        }
        return id;
    }

    private static void update(Connection on, String sql, List<String> first, List<String> second) throws SQLException {
        try (PreparedStatement statement = on.prepareStatement(sql)) {
            statement.setArray(1, text(on, first));
            statement.setArray(2, text(on, second));
            statement.executeUpdate();
        }
    }

    /** Sees one row. */
    private interface Row {
        void at(ResultSet row) throws SQLException;
    }

    private static void query(Connection on, String sql, List<String> first, List<String> second, Row each)
            throws SQLException {
        try (PreparedStatement statement = on.prepareStatement(sql)) {
            statement.setArray(1, text(on, first));
            statement.setArray(2, text(on, second));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.at(rows);
                }
            }
        }
    }

    private static <K> Map<K, Integer> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Integer> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
