package dev.entrain.clinic.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.clinic.store.NewSong;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Reads the songs of a session's end. One that can't be read is left out: the session's own figures must not be lost for it,
 * and its body is kept as it came.
 */
final class SongReader {
    /** More than a unit tells. */
    static final int MOST = 64;

    /** Characters; a unit cuts at fewer. */
    private static final int LONGEST_TITLE = 200;

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,60}");
    private static final double NS = 1e-9;

    private SongReader() {}

    /** Returns the songs that can be read; none where the session's start is not told. */
    static List<NewSong> songs(ObjectNode ended, @Nullable Long startedNs) {
        List<NewSong> songs = new ArrayList<>();
        if (startedNs == null) {
            return songs;
        }
        for (JsonNode told : ended.path("songs")) {
            if (songs.size() < MOST && told instanceof ObjectNode song) {
                try {
                    songs.add(song(song, startedNs));
                } catch (BadField e) {
                    Logger.debug("a song is left out: {}", e.getMessage());
                }
            }
        }
        return songs;
    }

    private static NewSong song(ObjectNode song, long startedNs) throws BadField {
        String hash = Fields.text(song, "hash");
        Long startNs = RecordReader.time(song, "start_ns");
        Long endNs = RecordReader.time(song, "end_ns");
        if (hash == null || !HASH.matcher(hash).matches() || startNs == null || endNs == null || endNs < startNs) {
            throw new BadField("a song needs hash, start_ns and a later end_ns");
        }
        return new NewSong(
                hash,
                title(Fields.text(song, "title")),
                (startNs - startedNs) * NS,
                (endNs - startedNs) * NS,
                Fields.numberIfThere(song, "walked_s"),
                count(song, "steps"),
                count(song, "beats"),
                count(song, "clicked_beats"),
                count(song, "locked_beats"),
                Fields.numberIfThere(song, "stretch_median_pct"),
                Fields.numberIfThere(song, "stretch_most_pct"),
                word(Fields.text(song, "ended")),
                Boolean.TRUE.equals(Fields.truthIfThere(song, "liked")),
                metrics(song.path("metrics")));
    }

    private static @Nullable Integer count(JsonNode song, String name) throws BadField {
        Long count = Fields.wholeIfThere(song, name);
        if (count != null && (count < 0 || count > Integer.MAX_VALUE)) {
            throw new BadField(name + " is no count");
        }
        return count == null ? null : count.intValue();
    }

    private static @Nullable String title(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        StringBuilder kept = new StringBuilder();
        text.codePoints().filter(letter -> !moves(letter)).limit(LONGEST_TITLE).forEach(kept::appendCodePoint);
        return kept.toString().isBlank() ? null : kept.toString();
    }

    /** What moves a cursor or turns the writing direction of what stands beside it; joiners are part of how letters look. */
    private static boolean moves(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            case Character.FORMAT -> letter != 0x200C && letter != 0x200D;
            default -> false;
        };
    }

    private static @Nullable String word(@Nullable String text) {
        return text == null || !NAME.matcher(text).matches() ? null : text;
    }

    /** Figures of the contract's form only: whoever computes from them need not look again. */
    private static String metrics(JsonNode metrics) throws BadField {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (var metric : metrics.properties()) {
            if (NAME.matcher(metric.getKey()).matches()) {
                ObjectNode figure = kept.putObject(metric.getKey());
                Double value = Fields.numberIfThere(metric.getValue(), "value");
                Integer n = count(metric.getValue(), "n");
                if (value != null) {
                    figure.put("value", value);
                }
                figure.put("n", n == null ? 0 : n);
            }
        }
        return kept.toString();
    }
}
