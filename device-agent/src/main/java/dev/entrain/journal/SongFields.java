package dev.entrain.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.outcome.SongFacts;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fields of a song in a record, both ways. */
final class SongFields {
    /** Longest title told, characters (Unicode code points). */
    static final int MOST_TITLE = 80;

    private static final double SIX = 1e6;

    private SongFields() {}

    static void write(JsonGenerator out, SongFacts song) throws IOException {
        out.writeStringField("hash", song.hash());
        String title = clean(song.title());
        if (title != null) {
            out.writeStringField("title", title);
        }
        out.writeNumberField("beats", song.beats());
        out.writeNumberField("clicked_beats", song.clickedBeats());
        out.writeNumberField("locked_beats", song.lockedBeats());
        RecordBodies.number(out, "stretch_median_pct", song.stretchMedianPct(), SIX);
        RecordBodies.number(out, "stretch_most_pct", song.stretchMostPct(), SIX);
        RecordBodies.word(out, "ended", song.ended());
        out.writeBooleanField("liked", song.liked());
    }

    /** Reads what {@link #write} wrote; why it ended, where a later version tells more reasons, as STOPPED. */
    static SongFacts read(JsonNode root) {
        String hash = root.path("hash").asText();
        if (!hash.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("a song without its hash");
        }
        return new SongFacts(
                hash,
                root.path("title").isTextual() ? clean(root.path("title").asText()) : null,
                root.path("beats").asInt(),
                root.path("clicked_beats").asInt(),
                root.path("locked_beats").asInt(),
                six(root.path("stretch_median_pct").asDouble(Double.NaN)),
                six(root.path("stretch_most_pct").asDouble(Double.NaN)),
                ended(root.path("ended").asText()),
                root.path("liked").asBoolean());
    }

    /** Titles come from files of strangers: one line, without what moves a cursor, not too long. */
    private static @Nullable String clean(@Nullable String title) {
        if (title == null) {
            return null;
        }
        StringBuilder kept = new StringBuilder();
        title.codePoints()
                .map(letter -> Character.isISOControl(letter) || Character.getType(letter) == Character.SURROGATE
                        ? ' '
                        : letter)
                .limit(MOST_TITLE)
                .forEach(kept::appendCodePoint);
        String text = kept.toString().strip();
        return text.isEmpty() ? null : text;
    }

    private static SongFacts.Ended ended(String word) {
        for (SongFacts.Ended ended : SongFacts.Ended.values()) {
            if (ended.name().toLowerCase(Locale.ROOT).equals(word)) {
                return ended;
            }
        }
        return SongFacts.Ended.STOPPED;
    }

    private static double six(double value) {
        return Double.isFinite(value) ? Math.round(value * SIX) / SIX : Double.NaN;
    }
}
