package dev.entrain.clinic.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One playing of a song in a session.
 *
 * @param title null where the unit told none
 * @param startS from the session's start, s
 * @param endS the same
 * @param walkedS its length without rests, s; 0 if not told
 * @param figures counts and stretch, as they are answered
 * @param metrics of the steps while it played: {name: {value?, n}}
 */
record SongPlay(
        String hash,
        @Nullable String title,
        double startS,
        double endS,
        double walkedS,
        boolean liked,
        @Nullable String ended,
        ObjectNode figures,
        JsonNode metrics) {
    /** The columns of {@code session_song g} that {@link #read} wants. */
    static final String COLUMNS = """
            SELECT g.hash, g.title, g.start_s, g.end_s, g.walked_s, g.steps, g.beats, g.clicked_beats, g.locked_beats,
                   g.stretch_median_pct, g.stretch_most_pct, g.ended, g.liked, g.metrics
            """;

    static SongPlay read(ResultSet row) throws SQLException {
        ObjectNode figures = Json.object();
        for (String count : new String[] {"steps", "beats", "clicked_beats", "locked_beats"}) {
            int value = row.getInt(count);
            if (!row.wasNull()) {
                figures.put(count, value);
            }
        }
        for (String share : new String[] {"stretch_median_pct", "stretch_most_pct"}) {
            double value = row.getDouble(share);
            Json.put(figures, share, row.wasNull() ? Double.NaN : value, 100);
        }
        return new SongPlay(
                row.getString("hash"),
                row.getString("title"),
                row.getDouble("start_s"),
                row.getDouble("end_s"),
                row.getDouble("walked_s"),
                row.getBoolean("liked"),
                row.getString("ended"),
                figures,
                Json.stored(row.getString("metrics")));
    }

    /** Returns a figure's value, NaN where it is insufficient. */
    double value(String metric) {
        JsonNode value = metrics.path(metric).path("value");
        return value.isNumber() ? value.doubleValue() : Double.NaN;
    }

    /** Returns what a figure rests on. */
    int n(String metric) {
        return metrics.path(metric).path("n").asInt();
    }

    /** Returns how many steps fell into it. */
    int steps() {
        return figures.path("steps").asInt();
    }

    /**
     * Returns it as it is answered.
     *
     * @param titles whether the reader may see what it is called
     */
    ObjectNode json(boolean titles) {
        ObjectNode song = Json.object().put("hash", hash);
        Json.put(song, "title", titles ? title : null);
        Json.put(song, "start_s", startS, 1e4);
        Json.put(song, "end_s", endS, 1e4);
        Json.put(song, "walked_s", walkedS, 10);
        song.setAll(figures);
        Json.put(song, "ended", ended);
        song.put("liked", liked);
        song.set("metrics", metrics);
        return song;
    }
}
