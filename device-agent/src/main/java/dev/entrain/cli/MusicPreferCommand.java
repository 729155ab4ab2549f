package dev.entrain.cli;

import dev.entrain.config.ConfigException;
import dev.entrain.music.MusicException;
import dev.entrain.music.Preference;
import dev.entrain.music.Song;
import dev.entrain.music.library.SongShelf;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain music prefer}. */
@Command(
        name = "prefer",
        mixinStandardHelpOptions = true,
        description = "Keeps what the patient thinks of a song; the running agent heeds it from the next song on.")
final class MusicPreferCommand implements Callable<Integer> {
    /** As it is typed. */
    enum Opinion {
        LIKE(Preference.LIKED, "is played more often"),
        NEUTRAL(Preference.NEUTRAL, "is played like any other"),
        NEVER(Preference.NEVER, "is not played any more");

        final Preference preference;
        final String meaning;

        Opinion(Preference preference, String meaning) {
            this.preference = preference;
            this.meaning = meaning;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Mixin
    private MusicPlace place = new MusicPlace();

    @Parameters(index = "0", paramLabel = "SONG", description = "Its title or a part of it, or its hash.")
    private String song = "";

    @Parameters(index = "1", paramLabel = "like|neutral|never", description = "What he thinks of it.")
    private Opinion opinion = Opinion.NEUTRAL;

    @Override
    public Integer call() throws ConfigException, MusicException {
        SongShelf shelf = place.shelf();
        Song found = MusicPlace.find(shelf, song).song();
        shelf.prefer(found.hash(), opinion.preference);
        PrintWriter out = spec.commandLine().getOut();
        out.println(MusicText.name(found) + " " + opinion.meaning + ".");
        out.flush();
        return 0;
    }
}
