package dev.entrain.music.library;

import dev.entrain.music.BeatGrid;
import dev.entrain.music.Part;
import dev.entrain.music.Preference;
import dev.entrain.music.Song;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One song as the database keeps it. Cards rot: what is read back is checked as if a stranger had written it, because a song
 * with such numbers would end a walk.
 *
 * @param places names of its files within the shelf's folder
 * @param lastPlayedS when it was last played, s since 1970; empty for never
 */
record SongRow(Song song, List<String> places, OptionalLong lastPlayedS, String note, long bytes) {
    /** What {@link #read} wants, in its order. */
    static final String COLUMNS =
            "hash, title, artist, duration_s, lufs, true_peak_db, beats, beats_per_bar, first_downbeat, bpm,"
                    + " steadiness, clarity, preference, played_s, note, bytes";

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{16}");
    private static final double LOUDEST = 100;
    private static final double FASTEST_BPM = 10_000;
    /** A tracker's last beat may lie a little behind the last frame. */
    private static final double BEHIND_S = 5;

    /** Whether a text can be a song's hash. */
    static boolean isHash(@Nullable String text) {
        return text != null && HASH.matcher(text).matches();
    }

    /**
     * Reads a row.
     *
     * @param files part and place of each of its files, in order
     * @throws IllegalArgumentException if it can't be a song that was kept
     */
    static SongRow read(ResultSet row, Path folder, List<String[]> files) throws SQLException {
        String hash = text(row, 1);
        check(isHash(hash), "hash");
        List<Part> parts = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (String[] file : files) {
            Path at = folder.resolve(file[1]).normalize();
            check(
                    at.startsWith(folder.resolve(SongFiles.SONGS).normalize())
                            && at.getNameCount() > folder.getNameCount() + 1,
                    "place");
            places.add(file[1]);
            if (!file[0].isEmpty()) {
                parts.add(new Part(file[0], folder.resolve(file[1])));
            }
        }
        check(parts.size() == (places.size() > 1 ? places.size() : 0), "parts");
        double durationS = row.getDouble(4);
        check(durationS > 0 && durationS <= 2 * SongScan.MOST_S, "duration");
        double lufs = row.getDouble(5);
        double truePeakDb = row.getDouble(6);
        check(lufs <= LOUDEST && truePeakDb <= LOUDEST, "loudness");
        BeatGrid beats = new BeatGrid(
                numbers(row.getBytes(7)),
                row.getInt(8),
                row.getInt(9),
                row.getDouble(10),
                row.getDouble(11),
                row.getDouble(12));
        check(beats.count() == 0 || beats.beatS(beats.count() - 1) <= durationS + BEHIND_S, "beats");
        check(beats.bpm() <= FASTEST_BPM && (beats.count() < 2 || beats.bpm() > 0), "tempo");
        Song song = new Song(
                hash,
                text(row, 2),
                text(row, 3),
                durationS,
                lufs,
                truePeakDb,
                beats,
                Preference.valueOf(text(row, 13)),
                folder.resolve(places.isEmpty() ? SongFiles.SONGS + "/" + hash : places.getFirst()),
                parts);
        long playedS = row.getLong(14);
        OptionalLong lastPlayedS = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(playedS);
        return new SongRow(song, places, lastPlayedS, text(row, 15), row.getLong(16));
    }

    /** Returns beats as they are kept. */
    static byte[] bytes(double[] numbers) {
        ByteBuffer buffer = ByteBuffer.allocate(numbers.length * Double.BYTES);
        buffer.asDoubleBuffer().put(numbers);
        return buffer.array();
    }

    private static double[] numbers(byte @Nullable [] bytes) {
        check(bytes != null && bytes.length % Double.BYTES == 0, "beats");
        double[] numbers = new double[bytes == null ? 0 : bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes == null ? new byte[0] : bytes).asDoubleBuffer().get(numbers);
        return numbers;
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        check(text != null, "text");
        return text == null ? "" : text;
    }

    private static void check(boolean good, String what) {
        if (!good) {
            throw new IllegalArgumentException(what);
        }
    }
}
