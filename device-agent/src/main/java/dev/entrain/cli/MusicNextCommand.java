package dev.entrain.cli;

import dev.entrain.config.ConfigException;
import dev.entrain.music.MusicException;
import dev.entrain.music.choice.RankedSong;
import dev.entrain.music.choice.SongChooser;
import dev.entrain.music.library.SongShelf;
import dev.entrain.time.WallClock;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code entrain music next}. */
@Command(
        name = "next",
        mixinStandardHelpOptions = true,
        description = {
            "Tells which songs would be played next at a tempo, in order, and why; plays nothing.",
            "What is equal takes turns by chance: --seed picks another turn."
        })
final class MusicNextCommand implements Callable<Integer> {
    private static final double SLOWEST_SPM = 40;
    private static final double FASTEST_SPM = 160;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Mixin
    private MusicPlace place = new MusicPlace();

    @Option(names = "--spm", required = true, paramLabel = "N", description = "Steps a minute, 40 to 160.")
    private double spm;

    @Option(names = "--seed", paramLabel = "N", description = "Of what is left to chance. Default: 1.")
    private long seed = 1;

    @Override
    public Integer call() throws ConfigException, MusicException {
        if (!(spm >= SLOWEST_SPM && spm <= FASTEST_SPM)) {
            throw new ParameterException(spec.commandLine(), "--spm must be 40 to 160 steps a minute, not " + spm);
        }
        SongShelf shelf = place.shelf();
        List<RankedSong> ranking = new SongChooser(seed)
                .rank(
                        shelf.all(),
                        spm,
                        shelf.lastPlayed(),
                        WallClock.SYSTEM.now().getEpochSecond());
        PrintWriter out = spec.commandLine().getOut();
        if (ranking.isEmpty()) {
            out.println("No songs in " + shelf.folder() + ". Add some: entrain music add FOLDER");
        }
        int number = 0;
        for (RankedSong ranked : ranking) {
            number++;
            out.printf(
                    Locale.ROOT,
                    "%4s  %s: %s%n",
                    ranked.playable() ? number + "." : "-",
                    MusicText.name(ranked.song()),
                    ranked.why());
        }
        out.flush();
        return 0;
    }
}
