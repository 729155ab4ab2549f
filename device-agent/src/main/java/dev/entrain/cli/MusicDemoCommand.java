package dev.entrain.cli;

import dev.entrain.music.tune.DemoMusic;
import dev.entrain.music.tune.DemoPiece;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain music demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a few pieces of our own, free of rights, in FOLDER; entrain music add FOLDER then takes them.",
            "They are composed and played by the program itself, 84 to 120 beats a minute; FOLDER/NAME.beats.csv tells each"
                    + " beat to the sample. Takes some seconds a piece, longer on a small board."
        })
final class MusicDemoCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FOLDER", description = "Where to; made if missing.")
    private Path folder = Path.of("");

    @Option(
            names = "--parts",
            description = "In parts (drums, bass, chords, melody), for songs whose arrangement opens by rule.")
    private boolean parts;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (DemoPiece piece : DemoPiece.values()) {
            try {
                DemoMusic.Rendered made = DemoMusic.write(folder, piece, parts);
                out.printf(
                        Locale.ROOT,
                        "%s: %s, %.0f s, %.0f beats a minute%n",
                        made.place(),
                        piece.title(),
                        made.durationS(),
                        piece.grid().bpm());
                out.flush();
            } catch (IOException e) {
                spec.commandLine()
                        .getErr()
                        .println(folder + ": can't be written (" + e.getMessage()
                                + "); name another folder, or make room (10 MB a piece, 40 MB in parts)");
                return 1;
            }
        }
        return 0;
    }
}
