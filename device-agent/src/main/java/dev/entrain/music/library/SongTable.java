package dev.entrain.music.library;

import dev.entrain.music.BeatGrid;
import dev.entrain.music.MusicException;
import dev.entrain.music.Part;
import dev.entrain.music.Preference;
import dev.entrain.music.Song;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What is known of the songs, in one SQLite file. Opened for one call and closed after it: the agent asks once a song, and a
 * technician's command works beside it. A change is one transaction that a power cut leaves done or undone.
 */
final class SongTable implements AutoCloseable {
    /** Its file. */
    static final String FILE = "music.db";

    /** "EntM", so that no other program's database is taken for a shelf. */
    private static final int APPLICATION_ID = 0x456E744D;

    private static final int VERSION = 1;
    private static final int BUSY_MS = 5_000;

    private final Path folder;
    private final Connection connection;

    private SongTable(Path folder, Connection connection) {
        this.folder = folder;
        this.connection = connection;
    }

    /** One song as it is kept: places are names within the folder. */
    record Row(Song song, List<String> places, OptionalLong lastPlayedS, String note, long bytes) {}

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

    /** Returns every song, by artist and title. */
    List<Row> all() throws SQLException {
        Map<String, List<String[]>> files = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("SELECT hash, part, place FROM file ORDER BY hash, n")) {
                while (found.next()) { // Ends: one turn for each file.
                    files.computeIfAbsent(found.getString(1), hash -> new ArrayList<>())
                            .add(new String[] {found.getString(2), found.getString(3)});
                }
            }
            try (ResultSet found = statement.executeQuery(
                    "SELECT hash, title, artist, duration_s, lufs, true_peak_db, beats, beats_per_bar, first_downbeat, bpm,"
                            + " steadiness, clarity, preference, played_s, note, bytes FROM song"
                            + " ORDER BY artist COLLATE NOCASE, title COLLATE NOCASE, hash")) {
                while (found.next()) { // Ends: one turn for each song.
                    rows.add(row(found, files.getOrDefault(found.getString(1), List.of())));
                }
            }
        }
        return rows;
    }

    private Row row(ResultSet found, List<String[]> files) throws SQLException {
        List<Part> parts = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (String[] file : files) {
            places.add(file[1]);
            if (!file[0].isEmpty()) {
                parts.add(new Part(file[0], folder.resolve(file[1])));
            }
        }
        BeatGrid beats = new BeatGrid(
                numbers(found.getBytes(7)),
                found.getInt(8),
                found.getInt(9),
                found.getDouble(10),
                found.getDouble(11),
                found.getDouble(12));
        Song song = new Song(
                found.getString(1),
                found.getString(2),
                found.getString(3),
                found.getDouble(4),
                found.getDouble(5),
                found.getDouble(6),
                beats,
                Preference.valueOf(found.getString(13)),
                folder.resolve(places.isEmpty() ? "songs/" + found.getString(1) : places.getFirst()),
                parts);
        long playedS = found.getLong(14);
        OptionalLong lastPlayedS = found.wasNull() ? OptionalLong.empty() : OptionalLong.of(playedS);
        return new Row(song, places, lastPlayedS, found.getString(15), found.getLong(16));
    }

    /** Keeps a song. */
    void insert(Song song, List<String> places, String note, long bytes) throws SQLException {
        exec("BEGIN IMMEDIATE");
        try (PreparedStatement row = connection.prepareStatement(
                        "INSERT OR REPLACE INTO song VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)");
                PreparedStatement file =
                        connection.prepareStatement("INSERT OR REPLACE INTO file VALUES(?, ?, ?, ?)")) {
            row.setString(1, song.hash());
            row.setString(2, song.title());
            row.setString(3, song.artist());
            row.setDouble(4, song.durationS());
            row.setDouble(5, song.lufs());
            row.setDouble(6, song.truePeakDb());
            row.setBytes(7, bytes(song.beats().beatsS()));
            row.setInt(8, song.beats().beatsPerBar());
            row.setInt(9, song.beats().firstDownbeat());
            row.setDouble(10, song.beats().bpm());
            row.setDouble(11, song.beats().steadiness());
            row.setDouble(12, song.beats().clarity());
            row.setString(13, song.preference().name());
            row.setString(14, note);
            row.setLong(15, bytes);
            row.executeUpdate();
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

    /** Forgets a song. */
    void delete(String hash) throws SQLException {
        exec("BEGIN IMMEDIATE");
        try {
            change("DELETE FROM song WHERE hash=?", hash);
            change("DELETE FROM file WHERE hash=?", hash);
            exec("COMMIT");
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

    private static byte[] bytes(double[] numbers) {
        ByteBuffer buffer = ByteBuffer.allocate(numbers.length * Double.BYTES);
        buffer.asDoubleBuffer().put(numbers);
        return buffer.array();
    }

    private static double[] numbers(byte[] bytes) {
        double[] numbers = new double[bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes).asDoubleBuffer().get(numbers);
        return numbers;
    }
}
