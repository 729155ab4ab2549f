package dev.entrain.cli;

import dev.entrain.config.ConfigException;
import dev.entrain.music.BeatGrid;
import dev.entrain.music.MusicException;
import dev.entrain.music.Part;
import dev.entrain.music.Song;
import dev.entrain.music.library.ShelfEntry;
import dev.entrain.music.library.Suitability;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain music show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows what is known of a song and whether it suits walking.")
final class MusicShowCommand implements Callable<Integer> {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Mixin
    private MusicPlace place = new MusicPlace();

    @Parameters(paramLabel = "SONG", description = "Its title or a part of it, or its hash or the beginning of it.")
    private String song = "";

    @Option(names = "--json", description = "As JSON, for programs, with every beat.")
    private boolean json;

    @Override
    public Integer call() throws ConfigException, MusicException {
        ShelfEntry entry = MusicPlace.find(place.shelf(), song);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(MusicText.json(entry));
        } else {
            show(entry, out);
        }
        out.flush();
        return 0;
    }

    private static void show(ShelfEntry entry, PrintWriter out) {
        Song song = entry.song();
        out.println(MusicText.name(song));
        line(out, "song", song.hash());
        line(out, "length", MusicText.clock(song.durationS()) + " min");
        line(
                out,
                "loudness",
                Double.isFinite(song.lufs())
                        ? String.format(Locale.ROOT, "%.1f LUFS, highest peak %.1f dB", song.lufs(), song.truePeakDb())
                        : "silent");
        line(out, "tempo", tempo(song.beats()));
        line(out, "walking", MusicText.suits(Suitability.of(song)));
        line(out, "patient", song.preference().name().toLowerCase(Locale.ROOT));
        line(
                out,
                "played",
                entry.lastPlayedS().isPresent()
                        ? DATE.format(Instant.ofEpochSecond(entry.lastPlayedS().getAsLong()))
                        : "never");
        if (!song.parts().isEmpty()) {
            line(out, "parts", song.parts().stream().map(Part::name).collect(Collectors.joining(", ")));
        }
        if (!entry.note().isEmpty()) {
            line(out, "note", entry.note());
        }
        line(
                out,
                "file",
                song.file() + (entry.missing() ? ": MISSING, not played; add the song again, or remove it" : ""));
    }

    private static String tempo(BeatGrid beats) {
        if (beats.count() == 0) {
            return "no beat was found";
        }
        return String.format(
                Locale.ROOT,
                "%.1f beats a minute%s, %d beats from %.1f s on; they vary by %.1f %%, clarity %.2f of 1",
                beats.bpm(),
                beats.beatsPerBar() == 0 ? "" : ", " + beats.beatsPerBar() + " a bar",
                beats.count(),
                beats.beatS(0),
                100 * beats.steadiness(),
                beats.clarity());
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println("  " + String.format(Locale.ROOT, "%-9s", name) + value);
    }
}
