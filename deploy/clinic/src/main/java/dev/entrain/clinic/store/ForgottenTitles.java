package dev.entrain.clinic.store;

import dev.entrain.clinic.Titles;
import dev.entrain.clinic.store.NewRecord.Ended;
import dev.entrain.clinic.store.NewRecord.Facts;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Patients whose songs the clinic is to know by their hashes alone: forgets what is stored, and keeps what comes from it. */
public final class ForgottenTitles {
    private static final Set<String> TELLING = Set.of("song", "session");

    private ForgottenTitles() {}

    /**
     * Takes every title out of what a patient's units told, and out of what they will tell. May take minutes.
     *
     * @return how many playings lost theirs
     * @throws SQLException if it failed; then nothing was changed
     */
    public static long forget(Database database, String code) throws SQLException {
        return run(database, "SELECT forget_titles(?)", code);
    }

    /**
     * Ends that for what begins from now on.
     *
     * @return 1, or 0 where nothing was being forgotten
     * @throws SQLException if it failed
     */
    public static long remember(Database database, String code) throws SQLException {
        return run(database, "SELECT remember_titles(?)", code);
    }

    private static long run(Database database, String sql, String code) throws SQLException {
        try (Connection on = database.connection()) {
            on.setAutoCommit(false);
            // Years of one patient take longer than what a page may wait for.
            try (PreparedStatement limits = on.prepareStatement("SET LOCAL statement_timeout = 0");
                    PreparedStatement wait = on.prepareStatement("SET LOCAL lock_timeout = '60s'");
                    PreparedStatement query = on.prepareStatement(sql)) {
                limits.execute();
                wait.execute();
                query.setString(1, code);
                long count;
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    count = row.getLong(1);
                }
                on.commit();
                return count;
            } catch (SQLException e) {
                on.rollback();
                throw e;
            } finally {
                on.setAutoCommit(true);
            }
        }
    }

    /**
     * Returns parcels without the titles that are forgotten. Holds, until the transaction ends, off whoever forgets: what is
     * stored meanwhile is either without titles or found by him.
     */
    static List<Parcel> kept(Connection on, List<Parcel> parcels, Map<BootKey, Integer> boots) throws SQLException {
        if (parcels.stream().noneMatch(ForgottenTitles::tells) || !any(on)) {
            return parcels;
        }
        List<Parcel> kept = new ArrayList<>(parcels.size());
        for (Parcel parcel : parcels) {
            kept.add(tells(parcel) ? kept(on, parcel, boots) : parcel);
        }
        return kept;
    }

    private static Parcel kept(Connection on, Parcel parcel, Map<BootKey, Integer> boots) throws SQLException {
        Integer bootId =
                parcel.coverage() == null ? null : boots.get(parcel.coverage().key());
        List<NewRecord> records = new ArrayList<>();
        for (NewRecord record : parcel.records()) {
            records.add(
                    bootId != null && tells(record) && forgotten(on, bootId, record) ? withoutTitles(record) : record);
        }
        List<DeadLetter> letters = new ArrayList<>();
        for (DeadLetter letter : parcel.letters()) {
            letters.add(
                    tells(letter) && everHis(on, letter.unit())
                            ? new DeadLetter(
                                    letter.unit(),
                                    letter.topic(),
                                    letter.reason(),
                                    letter.detail(),
                                    Titles.without(letter.payload()))
                            : letter);
        }
        return new Parcel(parcel.topic(), parcel.raw(), parcel.coverage(), records, letters);
    }

    private static boolean tells(Parcel parcel) {
        return parcel.records().stream().anyMatch(ForgottenTitles::tells)
                || parcel.letters().stream().anyMatch(ForgottenTitles::tells);
    }

    private static boolean tells(NewRecord record) {
        return TELLING.contains(record.kind()) && Titles.in(record.body());
    }

    private static boolean tells(DeadLetter letter) {
        return Titles.in(new String(letter.payload(), StandardCharsets.ISO_8859_1));
    }

    private static NewRecord withoutTitles(NewRecord record) {
        Facts facts = record.facts();
        return new NewRecord(
                record.seq(),
                record.kind(),
                record.session(),
                record.timeNs(),
                Titles.without(record.body()),
                facts instanceof Ended ended ? ended.withoutTitles() : facts);
    }

    private static boolean any(Connection on) throws SQLException {
        try (PreparedStatement query = on.prepareStatement("SELECT EXISTS (SELECT 1 FROM forgotten_titles)")) {
            return yes(query);
        }
    }

    private static boolean forgotten(Connection on, int bootId, NewRecord record) throws SQLException {
        Long startedNs = record.facts() instanceof Ended ended ? ended.startedNs() : null;
        Long atNs = startedNs == null ? record.timeNs() : startedNs;
        try (PreparedStatement query = on.prepareStatement("SELECT titles_forgotten(?, ?, ?)")) {
            query.setInt(1, bootId);
            query.setString(2, record.session());
            query.setObject(3, atNs, java.sql.Types.BIGINT);
            return yes(query);
        }
    }

    private static boolean everHis(Connection on, String unit) throws SQLException {
        try (PreparedStatement query = on.prepareStatement(
                "SELECT EXISTS (SELECT 1 FROM assignment JOIN forgotten_titles USING (code) WHERE unit = ?)")) {
            query.setString(1, unit);
            return yes(query);
        }
    }

    private static boolean yes(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }
}
