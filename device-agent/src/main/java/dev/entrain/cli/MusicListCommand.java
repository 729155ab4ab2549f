package dev.entrain.cli;

import dev.entrain.config.ConfigException;
import dev.entrain.music.MusicException;
import dev.entrain.music.Preference;
import dev.entrain.music.Song;
import dev.entrain.music.library.ShelfEntry;
import dev.entrain.music.library.SongShelf;
import dev.entrain.music.library.Suitability;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entrain music list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the songs, by artist and title.",
            "Steps are the steps a minute it can be walked to: slowed down or sped up by at most 12 %, or taken at half or"
                    + " double tempo."
        })
final class MusicListCommand implements Callable<Integer> {
    private static final int LONGEST = 36;
    private static final double MEGABYTE = 1 << 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Mixin
    private MusicPlace place = new MusicPlace();

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() throws ConfigException, MusicException {
        SongShelf shelf = place.shelf();
        List<ShelfEntry> entries = shelf.entries();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(MusicText.json(entries));
        } else if (entries.isEmpty()) {
            out.println("No songs in " + shelf.folder() + ". Add some: entrain music add FOLDER");
        } else {
            table(entries, out);
        }
        if (!json && !shelf.damaged().isEmpty()) {
            out.println(MusicText.damaged(shelf.damaged()));
        }
        out.flush();
        return 0;
    }

    private static void table(List<ShelfEntry> entries, PrintWriter out) {
        int width = 5;
        for (ShelfEntry entry : entries) {
            width = Math.max(
                    width, Math.min(LONGEST, MusicText.name(entry.song()).length()));
        }
        String format = "%-16s  %-" + width + "s %6s %-11s %-14s %-7s %s";
        out.println(String.format(Locale.ROOT, format, "song", "title", "min", "tempo", "steps", "liked", "suits")
                .stripTrailing());
        long bytes = 0;
        int unfit = 0;
        int missing = 0;
        for (ShelfEntry entry : entries) {
            Suitability suitability = Suitability.of(entry.song());
            bytes += entry.bytes();
            unfit += suitability.verdict() == Suitability.Verdict.NO ? 1 : 0;
            missing += entry.missing() ? 1 : 0;
            out.println(line(format, entry, suitability));
        }
        out.printf(
                Locale.ROOT,
                "%s, %.0f MB%s%s%n",
                MusicText.songs(entries.size()),
                bytes / MEGABYTE,
                unfit == 0 ? "" : "; " + unfit + " not suited to walking and not played",
                missing == 0 ? "" : "; " + missing + " without their file: add again, or remove");
    }

    private static String line(String format, ShelfEntry entry, Suitability suitability) {
        Song song = entry.song();
        return String.format(
                        Locale.ROOT,
                        format,
                        song.hash(),
                        cut(MusicText.name(song)),
                        MusicText.clock(song.durationS()),
                        MusicText.tempo(song.beats()),
                        steps(suitability),
                        liked(song.preference()),
                        entry.missing() ? "FILE MISSING" : verdict(suitability))
                .stripTrailing();
    }

    private static String steps(Suitability suitability) {
        return suitability.walks().isEmpty()
                ? "-"
                : suitability.walks().stream()
                        .map(walks -> walks.fromSpm() + "-" + walks.toSpm())
                        .collect(Collectors.joining(" "));
    }

    private static String verdict(Suitability suitability) {
        return switch (suitability.verdict()) {
            case YES -> "yes";
            case PARTLY -> "partly: " + shortly(suitability.reasons().getFirst());
            case NO -> "no: " + shortly(suitability.reasons().getFirst());
        };
    }

    /** What stands before the explanation. */
    private static String shortly(String reason) {
        int end = reason.indexOf(':');
        int bracket = reason.indexOf(" (");
        int at = end < 0 ? bracket : bracket < 0 ? end : Math.min(end, bracket);
        return at < 0 ? reason : reason.substring(0, at);
    }

    private static String liked(Preference preference) {
        return switch (preference) {
            case LIKED -> "likes";
            case NEUTRAL -> "";
            case NEVER -> "never";
        };
    }

    private static String cut(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST - 3) + "...";
    }
}
