package dev.entrain.journal.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What must hold of a journal, besides what SQLite checks itself. */
final class JournalCheck {
    private static final int MOST_TOLD = 20;

    private JournalCheck() {}

    static List<String> run(Database database) throws SQLException {
        List<String> wrong = new ArrayList<>();
        try (ResultSet rows =
                database.statement("PRAGMA integrity_check(" + MOST_TOLD + ")").executeQuery()) {
            while (rows.next()) { // Ends: at most MOST_TOLD rows.
                if (!"ok".equals(rows.getString(1))) {
                    wrong.add(rows.getString(1));
                }
            }
        }
        none(
                database,
                wrong,
                "records of no known boot",
                "record r WHERE NOT EXISTS(SELECT 1 FROM boot b" + " WHERE b.id=r.boot AND r.seq>=b.first_seq)");
        none(
                database,
                wrong,
                "records of no known session",
                "record r WHERE r.session IS NOT NULL AND NOT EXISTS("
                        + "SELECT 1 FROM session s WHERE s.id=r.session AND r.seq>=s.first_seq"
                        + " AND r.seq<=coalesce(s.last_seq, r.seq))");
        none(
                database,
                wrong,
                "boots whose numbers do not ascend",
                "boot a JOIN boot b ON b.id>a.id" + " WHERE b.first_seq<=a.first_seq OR a.acked_seq>=b.first_seq");
        none(
                database,
                wrong,
                "records beside their boot's numbers",
                "record r JOIN boot b ON b.id>r.boot" + " WHERE r.seq>=b.first_seq");
        return wrong;
    }

    private static void none(Database database, List<String> wrong, String what, String rows) throws SQLException {
        long count = database.number("SELECT count(*) FROM " + rows);
        if (count > 0) {
            wrong.add(count + " " + what);
        }
    }
}
