package dev.entrain.clinic.store;

import dev.entrain.clinic.store.Names.SessionKey;
import dev.entrain.clinic.store.Parcel.Coverage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.tinylog.Logger;

/**
 * Stores parcels and news in one transaction. Every receiver locks the receipts of its boots first and in one order, so
 * receivers that have messages of one boot at the same moment take turns, and none waits in a ring. For one thread.
 */
public final class RecordStore {
    private final Database database;
    private final Names names = new Names();
    private final LetterShelf letterShelf;

    /** Takes the database; letters beyond the bounds are not kept. */
    public RecordStore(Database database, LetterShelf.Bounds bounds) {
        this.database = database;
        letterShelf = new LetterShelf(bounds);
    }

    /**
     * Stores all, or nothing. When this returns, what it says is committed.
     *
     * @param parcels in the order they came
     * @throws SQLException if nothing is known to be stored; the same may be tried again, as often as needed
     */
    public Stored store(List<Parcel> parcels, List<UnitNews> news) throws SQLException {
        try (Connection connection = database.connection()) {
            try {
                connection.setAutoCommit(false);
                Stored stored = storeIn(connection, parcels, news);
                connection.commit();
                names.committed();
                return stored;
            } catch (SQLException | RuntimeException e) {
                names.forget();
                rollBack(connection);
                throw e;
            }
        }
    }

    /**
     * Returns how old a moment of a boot is now, by what its clock is known to mean, s; or empty.
     *
     * @throws SQLException if the database can't say
     */
    public OptionalDouble ageS(BootKey key, long timeNs) throws SQLException {
        try (Connection connection = database.connection();
                PreparedStatement statement = connection.prepareStatement("""
                        SELECT extract(epoch FROM clock_timestamp() - t.utc)
                        FROM boot b, utc_of(b.boot_id, ?) t WHERE b.unit = ? AND b.boot = ?""")) {
            statement.setLong(1, timeNs);
            statement.setString(2, key.unit().name());
            statement.setString(3, key.boot());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? OptionalDouble.of(row.getDouble(1)) : OptionalDouble.empty();
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            Logger.debug("database: the connection was gone before its transaction ({})", e.getMessage());
        }
    }

    private Stored storeIn(Connection on, List<Parcel> came, List<UnitNews> news) throws SQLException {
        Set<BootKey> keys = new HashSet<>();
        for (Parcel parcel : came) {
            Coverage coverage = parcel.coverage();
            if (coverage != null) {
                keys.add(coverage.key());
            }
        }
        UnitNewsTable unitNews = new UnitNewsTable(news);
        Set<BootKey> named = new HashSet<>(keys);
        named.addAll(unitNews.boots());
        Map<BootKey, Integer> allBoots = names.boots(on, named);
        Map<BootKey, Integer> boots = new TreeMap<>(allBoots);
        boots.keySet().retainAll(keys);
        Receipts receipts = Receipts.lock(on, boots);
        List<Parcel> parcels = ForgottenTitles.kept(on, came, boots);

        Sorting sorting = Sorting.of(on, parcels, boots, receipts);
        Set<Parcel> full = letterShelf.overfull(on, sorting.letters());
        if (!full.isEmpty()) {
            // Sorted anew without them: what only they bring must not count as there.
            List<Parcel> rest = new ArrayList<>(parcels);
            rest.removeIf(full::contains);
            sorting = Sorting.of(on, rest, boots, receipts);
        }
        Map<SessionKey, Integer> sessions = names.sessions(on, sessionsOf(sorting.fresh()));
        int inserted = RecordTable.insert(on, sorting.fresh(), sessions);
        receipts.cover(on, sorting.coverage());
        List<DeadLetter> kept =
                sorting.letters().values().stream().flatMap(List::stream).toList();
        letterShelf.put(on, kept);
        unitNews.store(on, allBoots);

        Map<BootKey, Long> upTo = new HashMap<>();
        boots.forEach((key, id) -> upTo.put(key, receipts.upTo(id)));
        int duplicates = sorting.duplicates() + sorting.fresh().size() - inserted;
        return new Stored(upTo, inserted, duplicates, kept, List.copyOf(full));
    }

    private static Map<SessionKey, Integer> sessionsOf(List<Placed> records) {
        Map<SessionKey, Integer> bootOf = new TreeMap<>();
        for (Placed placed : records) {
            String session = placed.record().session();
            if (session != null) {
                bootOf.putIfAbsent(new SessionKey(placed.key().unit(), session), placed.bootId());
            }
        }
        return bootOf;
    }
}
