package dev.entrain.cli;

import dev.entrain.config.ConfigException;
import dev.entrain.music.MusicException;
import dev.entrain.music.Song;
import dev.entrain.music.decode.SndFileReaders;
import dev.entrain.music.library.ShelfEntry;
import dev.entrain.music.picture.BeatPicture;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain music picture}. */
@Command(
        name = "picture",
        mixinStandardHelpOptions = true,
        description =
                "Draws the beats that were found over the waveform, to see whether they lie on the strokes (SVG).")
final class MusicPictureCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Mixin
    private MusicPlace place = new MusicPlace();

    @Parameters(paramLabel = "SONG", description = "Its title or a part of it, or its hash or the beginning of it.")
    private String song = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write it. Default: beats-HASH.svg here.")
    private @Nullable Path out;

    @Option(names = "--from", paramLabel = "S", description = "Where to begin, s. Default: 0.")
    private double fromS;

    @Option(
            names = "--for",
            paramLabel = "S",
            converter = Seconds.class,
            description = "How much to draw, s, at most 1200. Default: all, at most 360. Up to 40 are drawn large.")
    private @Nullable Double lengthS;

    @Override
    public Integer call() throws ConfigException, MusicException, IOException {
        ShelfEntry entry = MusicPlace.find(place.shelf(), song);
        Song found = entry.song();
        if (entry.missing()) {
            throw new MusicException(
                    found.file() + ": is missing; add the song again, or remove it (entrain music remove)");
        }
        Path file = out == null ? Path.of("beats-" + found.hash() + ".svg") : out;
        OutputFile.check(spec, "--out", file);
        if (!(fromS >= 0 && fromS < found.durationS())) {
            throw new ParameterException(
                    spec.commandLine(),
                    String.format(Locale.ROOT, "--from must be 0 to %.0f, the song's end", found.durationS()));
        }
        if (lengthS != null && lengthS > BeatPicture.MOST_S) {
            throw new ParameterException(
                    spec.commandLine(), String.format(Locale.ROOT, "--for must be at most %.0f", BeatPicture.MOST_S));
        }
        double restS = found.durationS() - fromS;
        double drawnS = Math.min(restS, lengthS == null ? BeatPicture.USUAL_S : lengthS);
        Files.writeString(file, BeatPicture.svg(found, new SndFileReaders(), fromS, drawnS));
        PrintWriter print = spec.commandLine().getOut();
        print.println("Written to " + file
                + (drawnS < restS - 1 && lengthS == null
                        ? String.format(Locale.ROOT, "; the first %.0f s, --from shows the rest", drawnS)
                        : ""));
        print.flush();
        return 0;
    }
}
