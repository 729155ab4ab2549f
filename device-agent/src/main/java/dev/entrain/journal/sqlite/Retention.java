package dev.entrain.journal.sqlite;

import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.JournalLimits.GivesWay;
import dev.entrain.journal.RecordKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Lets records give way in the order of {@link JournalLimits.GivesWay}, a bounded slice at a time. Not thread-safe. */
final class Retention {
    /** Records of one slice: some 50 kB. */
    static final int SLICE_RECORDS = 256;

    /** Slices of one transaction at most, so that a commit is never held up long. */
    static final int MOST_SLICES = 4;

    /** Pages that inserting never touches: what deleting needs to work when everything else is full. */
    static final int HARD_RESERVE_PAGES = 48;

    private static final int BYTES_BESIDE_BODY = 40;
    private static final int SHRINK_PAGES = 256;
    private static final String OTHER = "kind IN ('gap', 'timing', 'fault')";
    private static final String THERAPY = "kind NOT IN ('gap', 'timing', 'fault')";
    private static final String ANY = "kind IS NOT NULL";
    private static final int EMPTY_BOOTS = 8;
    private static final List<GivesWay> ACKNOWLEDGED =
            List.of(GivesWay.ACKNOWLEDGED_OTHER, GivesWay.ACKNOWLEDGED_THERAPY, GivesWay.SESSION_ACKNOWLEDGED);
    private static final List<GivesWay> ALL = List.of(
            GivesWay.ACKNOWLEDGED_OTHER,
            GivesWay.ACKNOWLEDGED_THERAPY,
            GivesWay.UNACKNOWLEDGED_OTHER,
            GivesWay.SESSION_ACKNOWLEDGED,
            GivesWay.SESSION_UNACKNOWLEDGED_OTHER,
            GivesWay.UNACKNOWLEDGED_THERAPY,
            GivesWay.SESSION_UNACKNOWLEDGED_THERAPY);
    private static final List<GivesWay> OF_SESSION = List.of(
            GivesWay.SESSION_ACKNOWLEDGED,
            GivesWay.SESSION_UNACKNOWLEDGED_OTHER,
            GivesWay.SESSION_UNACKNOWLEDGED_THERAPY);

    private final Database database;
    private final BootTable boots;
    private final long mostPages;
    private final Map<RecordKind, Pending.Lost> lost = new EnumMap<>(RecordKind.class);
    private long removed;
    private long removedWaiting;

    /**
     * Makes one.
     *
     * @param mostPages what the file may grow to
     */
    Retention(Database database, BootTable boots, long mostPages) {
        this.database = database;
        this.boots = boots;
        this.mostPages = mostPages;
    }

    /** Returns whether the next transaction should make room. */
    boolean low() throws SQLException {
        return freePages() < lowWaterPages();
    }

    /**
     * Returns whether so much fits and leaves what deleting needs.
     *
     * @param forced whether the disk is full, so that the file can't grow and only its free pages count
     */
    boolean fits(int records, long bytes, boolean forced) throws SQLException {
        long free = forced ? database.number("PRAGMA freelist_count") : freePages();
        return free - pages(records, bytes) >= HARD_RESERVE_PAGES;
    }

    /** Returns whether there is something the clinic has that may give way. */
    boolean canGiveWay(long lastSeq) throws SQLException {
        for (int i = 0; i < boots.all().size(); i++) {
            BootTable.Boot boot = boots.all().get(i);
            long to = Math.min(boot.ackedSeq, boots.endSeq(i, lastSeq));
            if (database.number("SELECT EXISTS(SELECT 1 FROM record WHERE seq BETWEEN ? AND ?)", boot.firstSeq, to)
                    != 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Lets records go until there is room, or nothing more may go, or it was enough for one transaction.
     *
     * @param lastSeq the greatest durable number
     * @param forced whether to let something go although the quota is not reached: the disk itself is full; then only what
     *     the clinic has
     * @return what went that the clinic did not have
     */
    List<Pending.Lost> makeRoom(long lastSeq, boolean forced) throws SQLException {
        lost.clear();
        removed = 0;
        removedWaiting = 0;
        long keptFromSeq = keptFromSeq();
        for (int i = 0; i < (forced ? 1 : MOST_SLICES) && (forced || low()); i++) {
            if (!slice(forced ? ACKNOWLEDGED : ALL, lastSeq, keptFromSeq)) {
                break;
            }
        }
        // Sessions of which nothing is left; few at a time, from the oldest on.
        database.exec(
                "DELETE FROM session WHERE last_seq IS NOT NULL AND id IN (SELECT id FROM session ORDER BY id LIMIT 8)"
                        + " AND id<(SELECT max(id) FROM session) AND NOT EXISTS(SELECT 1 FROM record"
                        + " WHERE seq BETWEEN session.first_seq AND session.last_seq AND record.session=session.id)");
        boots.forgetEmpty(EMPTY_BOOTS);
        if (database.number("PRAGMA page_count") > mostPages) {
            database.shrink(SHRINK_PAGES); // The limit was lowered since the file grew.
        }
        return List.copyOf(lost.values());
    }

    /** Returns how many went by the last {@link #makeRoom}. */
    long removed() {
        return removed;
    }

    /** Returns how many of those that went by the last {@link #makeRoom} waited for the clinic. */
    long removedWaiting() {
        return removedWaiting;
    }

    /** Returns where a session in progress begins. */
    private long keptFromSeq() throws SQLException {
        long first = database.number(
                "SELECT min(first_seq) FROM session WHERE ended=0 AND id=(SELECT max(id) FROM session)");
        return first == 0 ? Long.MAX_VALUE : first;
    }

    private boolean slice(List<GivesWay> ranks, long lastSeq, long keptFromSeq) throws SQLException {
        for (GivesWay rank : ranks) {
            boolean acknowledged = ACKNOWLEDGED.contains(rank);
            for (int i = 0; i < boots.all().size(); i++) {
                BootTable.Boot boot = boots.all().get(i);
                long end = boots.endSeq(i, lastSeq);
                long from = acknowledged ? boot.firstSeq - 1 : boot.ackedSeq;
                long to = acknowledged ? Math.min(boot.ackedSeq, end) : end;
                if (OF_SESSION.contains(rank)) {
                    from = Math.max(from, keptFromSeq - 1);
                } else {
                    to = Math.min(to, keptFromSeq - 1);
                }
                if (from < to && remove(which(rank), from, to, acknowledged)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String which(GivesWay rank) {
        return switch (rank) {
            case ACKNOWLEDGED_OTHER, UNACKNOWLEDGED_OTHER, SESSION_UNACKNOWLEDGED_OTHER -> OTHER;
            case ACKNOWLEDGED_THERAPY, UNACKNOWLEDGED_THERAPY, SESSION_UNACKNOWLEDGED_THERAPY -> THERAPY;
            default -> ANY;
        };
    }

    private boolean remove(String which, long afterSeq, long toSeq, boolean acknowledged) throws SQLException {
        List<Pending.Lost> slice = new ArrayList<>();
        try (ResultSet rows = database.statement(
                        "SELECT kind, count(*), min(seq), max(seq) FROM (SELECT seq, kind FROM record WHERE " + which
                                + " AND seq>? AND seq<=? ORDER BY seq LIMIT " + SLICE_RECORDS + ") GROUP BY kind",
                        afterSeq,
                        toSeq)
                .executeQuery()) {
            while (rows.next()) { // Ends: one row for each kind.
                slice.add(new Pending.Lost(
                        JournalReader.kindOrFault(rows.getString(1)),
                        rows.getLong(2),
                        rows.getLong(3),
                        rows.getLong(4)));
            }
        }
        if (slice.isEmpty()) {
            return false;
        }
        long last = afterSeq;
        for (Pending.Lost one : slice) {
            last = Math.max(last, one.toSeq());
            removed += one.count();
            if (!acknowledged) {
                lost.merge(one.kind(), one, Pending.Lost::and);
                removedWaiting += one.count();
            }
        }
        database.statement("DELETE FROM record WHERE " + which + " AND seq>? AND seq<=?", afterSeq, last)
                .executeUpdate();
        return true;
    }

    private long freePages() throws SQLException {
        return mostPages - database.number("PRAGMA page_count") + database.number("PRAGMA freelist_count");
    }

    /** Room for the greatest transaction there can be. */
    private static long lowWaterPages() {
        return HARD_RESERVE_PAGES + pages(Pending.MOST_RECORDS, Pending.MOST_BYTES);
    }

    private static long pages(int records, long bytes) {
        return (bytes + (long) records * BYTES_BESIDE_BODY) * 9 / 8 / Database.PAGE_BYTES + 8;
    }
}
