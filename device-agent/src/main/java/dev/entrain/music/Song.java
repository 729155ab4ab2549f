package dev.entrain.music;

import java.nio.file.Path;
import java.util.List;

/**
 * A song of the shelf.
 *
 * @param hash 16 hexadecimal digits of the SHA-256 of its sound: the name it has everywhere, and all that leaves the unit
 *     unless the patient agreed to more
 * @param title from the file's tags, else its name; see {@link PlainText}
 * @param artist empty where nobody is named
 * @param durationS s
 * @param lufs integrated loudness, LUFS (EBU R128); minus infinity for silence
 * @param truePeakDb dBTP; minus infinity for silence
 * @param beats its beats
 * @param preference what the patient thinks of it
 * @param file the whole song; where it came in parts, the first of them
 * @param parts its parts; empty for most
 */
public record Song(
        String hash,
        String title,
        String artist,
        double durationS,
        double lufs,
        double truePeakDb,
        BeatGrid beats,
        Preference preference,
        Path file,
        List<Part> parts) {
    /** Keeps a copy of the parts, and names as one line of plain text. */
    public Song {
        title = PlainText.of(title, PlainText.MOST_NAME);
        artist = PlainText.of(artist, PlainText.MOST_NAME);
        parts = List.copyOf(parts);
    }
}
