package dev.entrain.cli;

import dev.entrain.config.ConfigException;
import dev.entrain.music.MusicException;
import dev.entrain.music.Song;
import dev.entrain.music.library.SongShelf;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain music remove}. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Removes songs and the unit's copies of their files. One that is playing goes on to its end.")
final class MusicRemoveCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Mixin
    private MusicPlace place = new MusicPlace();

    @Parameters(arity = "1..*", paramLabel = "SONG", description = "Title or a part of it, or hash.")
    private List<String> songs = List.of();

    @Override
    public Integer call() throws ConfigException, MusicException {
        SongShelf shelf = place.shelf();
        List<Song> found = new ArrayList<>();
        List<String> rotten = new ArrayList<>();
        List<String> damaged = shelf.damaged();
        for (String song : songs) { // All are looked for before the first is gone.
            if (damaged.contains(song)) {
                rotten.add(song);
            } else {
                found.add(MusicPlace.find(shelf, song).song());
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        for (Song song : found) {
            out.println(MusicText.name(song) + " (" + song.hash() + ") "
                    + (shelf.remove(song.hash()) ? "is removed." : "was removed already."));
        }
        for (String name : rotten) {
            out.println(name + " (damaged) " + (shelf.remove(name) ? "is removed." : "was removed already."));
        }
        out.flush();
        return 0;
    }
}
