package dev.entrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.music.BeatGrid;
import dev.entrain.music.Part;
import dev.entrain.music.Song;
import dev.entrain.music.library.ShelfEntry;
import dev.entrain.music.library.Suitability;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Songs in words and as JSON. */
final class MusicText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MusicText() {}

    /** Returns title and artist. */
    static String name(Song song) {
        return song.artist().isEmpty() ? song.title() : song.title() + ", " + song.artist();
    }

    /** Returns a number of songs. */
    static String songs(int count) {
        return count == 1 ? "1 song" : count + " songs";
    }

    /** Tells of rows of the database that are left out, and what to do. */
    static String damaged(List<String> names) {
        return "Damaged in music.db and left out: " + String.join(", ", names)
                + ". Add each song's file again, or entrain music remove it by this name.";
    }

    /** Returns minutes and seconds. */
    static String clock(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }

    /** Returns the tempo, such as "100 bpm 4/4". */
    static String tempo(BeatGrid beats) {
        if (beats.count() == 0) {
            return "no beat";
        }
        return String.format(
                Locale.ROOT,
                "%.0f bpm%s",
                beats.bpm(),
                beats.beatsPerBar() == 0 ? "" : " " + beats.beatsPerBar() + "/4");
    }

    /** Returns in one line whether it suits walking. */
    static String suits(Suitability suitability) {
        return switch (suitability.verdict()) {
            case YES -> "suits walking at " + range(suitability);
            case PARTLY ->
                "suits walking at " + range(suitability) + ", but: " + String.join("; ", suitability.reasons());
            case NO -> "does not suit walking: " + String.join("; ", suitability.reasons());
        };
    }

    private static String range(Suitability suitability) {
        return suitability.walks().stream()
                        .map(walks -> walks.fromSpm() + " to " + walks.toSpm() + octave(walks))
                        .collect(Collectors.joining(", "))
                + " steps a minute";
    }

    private static String octave(Suitability.Walks walks) {
        if (walks.stepsPerBeat() == 1) {
            return "";
        }
        return walks.stepsPerBeat() < 1 ? " (a step on every other beat)" : " (two steps on each beat)";
    }

    /** Returns all songs as JSON. */
    static String json(Iterable<ShelfEntry> entries) {
        ArrayNode all = JSON.createArrayNode();
        for (ShelfEntry entry : entries) {
            all.add(node(entry, false));
        }
        return all.toPrettyString();
    }

    /** Returns one song as JSON, with its beats. */
    static String json(ShelfEntry entry) {
        return node(entry, true).toPrettyString();
    }

    private static ObjectNode node(ShelfEntry entry, boolean beats) {
        Song song = entry.song();
        Suitability suitability = Suitability.of(song);
        ObjectNode node = JSON.createObjectNode();
        node.put("hash", song.hash());
        node.put("title", song.title());
        node.put("artist", song.artist());
        node.put("duration_s", rounded(song.durationS()));
        number(node, "lufs", song.lufs());
        number(node, "true_peak_db", song.truePeakDb());
        node.put("bpm", rounded(song.beats().bpm()));
        node.put("beats", song.beats().count());
        node.put("beats_per_bar", song.beats().beatsPerBar());
        node.put("steadiness", rounded(song.beats().steadiness()));
        node.put("clarity", rounded(song.beats().clarity()));
        node.put("preference", song.preference().name().toLowerCase(Locale.ROOT));
        node.put("suits", suitability.verdict().name().toLowerCase(Locale.ROOT));
        ArrayNode walks = node.putArray("walks");
        for (Suitability.Walks one : suitability.walks()) {
            walks.addObject()
                    .put("from_spm", one.fromSpm())
                    .put("to_spm", one.toSpm())
                    .put("steps_per_beat", one.stepsPerBeat());
        }
        ArrayNode reasons = node.putArray("reasons");
        suitability.reasons().forEach(reasons::add);
        node.put("missing", entry.missing());
        OptionalLong played = entry.lastPlayedS();
        if (played.isPresent()) {
            node.put("last_played_s", played.getAsLong());
        } else {
            node.putNull("last_played_s");
        }
        node.put("note", entry.note());
        node.put("bytes", entry.bytes());
        node.put("file", plain(song.file()));
        ArrayNode parts = node.putArray("parts");
        for (Part part : song.parts()) {
            parts.addObject().put("name", part.name()).put("file", plain(part.file()));
        }
        if (beats) {
            node.put("first_downbeat", song.beats().firstDownbeat());
            ArrayNode times = node.putArray("beats_s");
            for (double atS : song.beats().beatsS()) {
                times.add(rounded(atS));
            }
        }
        return node;
    }

    private static String plain(Path file) {
        return file.toString();
    }

    /** JSON has no infinity: silence is null. */
    private static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, rounded(value));
        } else {
            node.putNull(name);
        }
    }

    private static double rounded(double value) {
        return Math.rint(value * 1e4) / 1e4;
    }
}
