package dev.entrain.clinic.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/** Writes the songs of a session. */
final class SongTable {
    private SongTable() {}

    /** Puts a session's songs in the place of those that were there. */
    static void put(Connection on, int session, List<NewSong> songs) throws SQLException {
        try (PreparedStatement delete = on.prepareStatement("DELETE FROM session_song WHERE session_id = ?")) {
            delete.setInt(1, session);
            delete.executeUpdate();
        }
        if (songs.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = on.prepareStatement("""
                INSERT INTO session_song (session_id, place, hash, title, start_s, end_s, walked_s, steps, beats, clicked_beats,
                    locked_beats, stretch_median_pct, stretch_most_pct, ended, liked, metrics)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)""")) {
            for (int place = 0; place < songs.size(); place++) {
                NewSong song = songs.get(place);
                insert.setInt(1, session);
                insert.setInt(2, place);
                insert.setString(3, song.hash());
                insert.setString(4, song.title());
                insert.setDouble(5, song.startS());
                insert.setDouble(6, song.endS());
                insert.setObject(7, song.walkedS(), Types.DOUBLE);
                insert.setObject(8, song.steps(), Types.INTEGER);
                insert.setObject(9, song.beats(), Types.INTEGER);
                insert.setObject(10, song.clickedBeats(), Types.INTEGER);
                insert.setObject(11, song.lockedBeats(), Types.INTEGER);
                insert.setObject(12, song.stretchMedianPct(), Types.DOUBLE);
                insert.setObject(13, song.stretchMostPct(), Types.DOUBLE);
                insert.setString(14, song.ended());
                insert.setBoolean(15, song.liked());
                insert.setString(16, song.metrics());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
