package dev.entrain.music.library;

import dev.entrain.music.MusicException;
import dev.entrain.music.PlainText;
import dev.entrain.music.Preference;
import dev.entrain.music.Song;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of the songs, in one SQLite file. Opened for one call and closed after it: the agent asks once a song, and a
 * technician's command works beside it. A change is one transaction that a power cut leaves done or undone.
 */
final class SongTable implements AutoCloseable {
    /** Its file. */
    static final String FILE = "music.db";

    /** "EntM", so that no other program's database is taken for a shelf. */
    private static final int APPLICATION_ID = 0x456E744D;

    /** Begins the name of a row without a hash. */
    private static final String ROW = "row-";

    private static final int VERSION = 1;
    private static final int BUSY_MS = 5_000;

    private final Path folder;
    private final Connection connection;

    private SongTable(Path folder, Connection connection) {
        this.folder = folder;
        this.connection = connection;
    }

    /**
     * What there is.
     *
     * @param rows the songs
     * @param damaged names of rows that can't be read: a song's hash, or "row-N" where not even that can
     */
    record Contents(List<SongRow> rows, List<String> damaged) {}

    /** Opens the file, making it if it is not there. */
    static SongTable open(Path folder) throws SQLException, MusicException {
        Connection connection = DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve(FILE).toAbsolutePath());
        SongTable table = new SongTable(folder, connection);
        try {
            table.prepare();
            return table;
        } catch (SQLException | MusicException | RuntimeException e) {
            table.close();
            throw e;
        }
    }

    private void prepare() throws SQLException, MusicException {
        exec("PRAGMA busy_timeout=" + BUSY_MS);
        exec("PRAGMA trusted_schema=OFF");
        int version = number("PRAGMA user_version");
        int application = number("PRAGMA application_id");
        if (version > VERSION && application == APPLICATION_ID) {
            throw new MusicException(folder.resolve(FILE) + ": written by a newer agent; install that again");
        }
        if (application != APPLICATION_ID && (application != 0 || version != 0)) {
            throw new MusicException(folder.resolve(FILE) + ": is a database of another program; move it away");
        }
        if (version == 0) {
            exec("BEGIN IMMEDIATE");
            try {
                if (number("PRAGMA user_version") == 0) { // Else another process was faster.
                    create();
                }
                exec("COMMIT");
            } catch (SQLException e) {
                rollback();
                throw e;
            }
        }
    }

    private void create() throws SQLException {
        exec("PRAGMA application_id=" + APPLICATION_ID);
        exec(
                "CREATE TABLE song(hash TEXT PRIMARY KEY, title TEXT NOT NULL, artist TEXT NOT NULL, duration_s REAL NOT"
                        + " NULL, lufs REAL NOT NULL, true_peak_db REAL NOT NULL, beats BLOB NOT NULL, beats_per_bar INTEGER NOT"
                        + " NULL, first_downbeat INTEGER NOT NULL, bpm REAL NOT NULL, steadiness REAL NOT NULL, clarity REAL NOT"
                        + " NULL, preference TEXT NOT NULL, played_s INTEGER, note TEXT NOT NULL, bytes INTEGER NOT NULL) STRICT");
        exec("CREATE TABLE file(hash TEXT NOT NULL, n INTEGER NOT NULL, part TEXT NOT NULL, place TEXT NOT NULL,"
                + " PRIMARY KEY(hash, n)) STRICT, WITHOUT ROWID");
        exec("PRAGMA user_version=" + VERSION);
    }

    /**
     * Returns every song, by artist and title; a row that can't be a song is named and left out, so that one rotten row takes
     * no other song away.
     */
    Contents all() throws SQLException {
        Map<String, List<String[]>> files = new HashMap<>();
        List<SongRow> rows = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("SELECT hash, part, place FROM file ORDER BY hash, n")) {
                while (found.next()) { // Ends: one turn for each file.
                    files.computeIfAbsent(String.valueOf(found.getString(1)), hash -> new ArrayList<>())
                            .add(new String[] {String.valueOf(found.getString(2)), String.valueOf(found.getString(3))});
                }
            }
            try (ResultSet found =
                    statement.executeQuery("SELECT " + SongRow.COLUMNS + ", rowid FROM song ORDER BY rowid")) {
                while (found.next()) { // Ends: one turn for each song.
                    String hash = String.valueOf(found.getString(1));
                    try {
                        rows.add(SongRow.read(found, folder, files.getOrDefault(hash, List.of())));
                    } catch (IllegalArgumentException e) {
                        damaged.add(SongRow.isHash(hash) ? hash : ROW + found.getLong("rowid"));
                    }
                }
            }
        }
        rows.sort(
                Comparator.comparing((SongRow row) -> PlainText.order(row.song().artist()))
                        .thenComparing(row -> PlainText.order(row.song().title()))
                        .thenComparing(row -> row.song().hash()));
        return new Contents(rows, damaged);
    }

    /** Keeps a song; of one that is there, what the patient thinks of it and when it was played stay. */
    void insert(Song song, List<String> places, String note, long bytes) throws SQLException {
        exec("BEGIN IMMEDIATE");
        try (PreparedStatement row = connection.prepareStatement(
                        "INSERT OR REPLACE INTO song VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
                                + " coalesce((SELECT preference FROM song WHERE hash=?1 AND preference IN ('LIKED', 'NEVER')),"
                                + " ?13), (SELECT played_s FROM song WHERE hash=?1), ?14, ?15)");
                PreparedStatement file =
                        connection.prepareStatement("INSERT OR REPLACE INTO file VALUES(?, ?, ?, ?)")) {
            row.setString(1, song.hash());
            row.setString(2, song.title());
            row.setString(3, song.artist());
            row.setDouble(4, song.durationS());
            row.setDouble(5, song.lufs());
            row.setDouble(6, song.truePeakDb());
            row.setBytes(7, SongRow.bytes(song.beats().beatsS()));
            row.setInt(8, song.beats().beatsPerBar());
            row.setInt(9, song.beats().firstDownbeat());
            row.setDouble(10, song.beats().bpm());
            row.setDouble(11, song.beats().steadiness());
            row.setDouble(12, song.beats().clarity());
            row.setString(13, song.preference().name());
            row.setString(14, note);
            row.setLong(15, bytes);
            row.executeUpdate();
            change("DELETE FROM file WHERE hash=?", song.hash());
            for (int i = 0; i < places.size(); i++) {
                file.setString(1, song.hash());
                file.setInt(2, i);
                file.setString(
                        3, song.parts().isEmpty() ? "" : song.parts().get(i).name());
                file.setString(4, places.get(i));
                file.executeUpdate();
            }
            exec("COMMIT");
        } catch (SQLException e) {
            rollback();
            throw e;
        }
    }

    /** Returns the places of a song's files, also of one whose row is damaged; none outside of the shelf. */
    List<String> places(String hash) throws SQLException {
        List<String> places = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT place FROM file WHERE hash=? ORDER BY n")) {
            query.setString(1, hash);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) { // Ends: one turn for each file.
                    String place = String.valueOf(found.getString(1));
                    if (place.startsWith(SongFiles.SONGS + "/" + hash) && !place.contains("..")) {
                        places.add(place);
                    }
                }
            }
        }
        return places;
    }

    /** Forgets a song, or a damaged row by its name; false if there is none. */
    boolean delete(String name) throws SQLException {
        boolean row = name.startsWith(ROW);
        exec("BEGIN IMMEDIATE");
        try {
            int gone = row
                    ? change("DELETE FROM song WHERE rowid=CAST(? AS INTEGER)", name.substring(ROW.length()))
                    : change("DELETE FROM song WHERE hash=?", name);
            change("DELETE FROM file WHERE hash=?", name);
            exec("COMMIT");
            return gone > 0;
        } catch (SQLException e) {
            rollback();
            throw e;
        }
    }

    /** Sets what the patient thinks of it; false if there is no such song. */
    boolean prefer(String hash, Preference preference) throws SQLException {
        return change("UPDATE song SET preference='" + preference.name() + "' WHERE hash=?", hash) > 0;
    }

    /** Sets when it was last played; false if there is no such song. */
    boolean played(String hash, long wallTimeS) throws SQLException {
        return change("UPDATE song SET played_s=" + wallTimeS + " WHERE hash=?", hash) > 0;
    }

    @Override
    @SuppressWarnings("EmptyCatch") // Everything committed is durable without it.
    public void close() {
        try {
            connection.close();
        } catch (SQLException closedAllTheSame) {
        }
    }

    /** Whether the file exists: looking must not make one. */
    static boolean exists(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    private int change(String sql, String hash) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, hash);
            return statement.executeUpdate();
        }
    }

    void exec(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    @SuppressWarnings("EmptyCatch") // SQLite rolled back by itself, which is what was wanted.
    private void rollback() {
        try {
            exec("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
        }
    }
}
