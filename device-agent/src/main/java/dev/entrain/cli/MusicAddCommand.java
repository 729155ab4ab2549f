package dev.entrain.cli;

import dev.entrain.config.ConfigException;
import dev.entrain.music.MusicException;
import dev.entrain.music.PlainText;
import dev.entrain.music.Song;
import dev.entrain.music.decode.SndFileReaders;
import dev.entrain.music.library.Added;
import dev.entrain.music.library.SongScan;
import dev.entrain.music.library.SongShelf;
import dev.entrain.music.library.SongSource;
import dev.entrain.music.library.Suitability;
import dev.entrain.music.loudness.LoudnessMeters;
import dev.entrain.time.NanoClock;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrain music add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = {
            "Adds songs (wav, flac, ogg, opus, mp3): finds their beats, measures how loud they are, copies them.",
            "A folder adds all music in it; a folder NAME.stems is one song in parts (drums.flac, bass.flac, ... of the same"
                    + " length). Ctrl-C ends after what is whole; the same command goes on.",
            "Exit status 1 if something could not be added; the rest is."
        })
final class MusicAddCommand implements Callable<Integer> {
    private static final double STOP_AT_ONCE_S = 0;
    private static final int MOST_TOLD = 2_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Mixin
    private MusicPlace place = new MusicPlace();

    @Parameters(arity = "1..*", paramLabel = "FILE|FOLDER", description = "What to add.")
    private List<Path> what = List.of();

    private int added;
    private int there;
    private int refused;

    @Override
    public Integer call() throws ConfigException, MusicException {
        SongShelf shelf = place.shelf();
        SongScan scan = new SongScan(new SndFileReaders(), new LoudnessMeters());
        PrintWriter out = spec.commandLine().getOut();
        List<SongSource> sources = sources();
        boolean none = shelf.all().isEmpty();
        boolean stopped;
        try (Ending ending = new Ending()) {
            stopped = !add(shelf, scan, sources, new AddingLine(out, sources.size(), NanoClock.SYSTEM), ending);
            out.println(summary(shelf));
            if (none && added > 0) {
                out.println(
                        "These are the first songs: an agent that runs already plays them from its next start on (sudo"
                                + " systemctl restart entrain-agent, when nobody walks).");
            }
            if (stopped) {
                out.println("Stopped. What is on the shelf is whole; the same command adds the rest.");
            }
            out.flush();
        }
        return refused > 0 || stopped ? 1 : 0;
    }

    /** What can't be added at all is told at once. */
    private List<SongSource> sources() {
        List<SongSource> sources = new ArrayList<>();
        for (Path path : what) {
            try {
                sources.addAll(SongSource.in(path, this::refuse));
            } catch (MusicException e) {
                refuse(e);
            }
        }
        return sources;
    }

    /** Returns whether it came to the end. */
    private boolean add(SongShelf shelf, SongScan scan, List<SongSource> sources, AddingLine line, Ending ending) {
        for (SongSource source : sources) {
            line.begin(PlainText.of(source.name(), PlainText.MOST_NAME));
            try {
                Optional<Added> done = shelf.add(source, scan, share -> {
                    line.reached(share);
                    return !ending.await(STOP_AT_ONCE_S);
                });
                if (done.isEmpty()) {
                    line.stop();
                    return false;
                }
                line.end();
                tell(done.get());
            } catch (MusicException e) {
                line.end();
                refuse(e);
            }
        }
        return true;
    }

    private void tell(Added done) {
        PrintWriter out = spec.commandLine().getOut();
        Song song = done.song();
        if (done.outcome() == Added.Outcome.THERE) {
            there++;
            out.println("there    " + MusicText.name(song) + " (" + song.hash() + "): is on the shelf already");
        } else {
            added++;
            out.println((done.outcome() == Added.Outcome.NEW ? "added    " : "back     ") + MusicText.name(song) + " ("
                    + song.hash() + "), " + MusicText.clock(song.durationS()) + " min, "
                    + MusicText.tempo(song.beats())
                    + (song.parts().isEmpty() ? "" : ", " + song.parts().size() + " parts"));
            out.println("         " + MusicText.suits(Suitability.of(song)));
        }
        if (!done.note().isEmpty()) {
            out.println("         " + done.note());
        }
        out.flush();
    }

    private void refuse(MusicException e) {
        refused++;
        PrintWriter out = spec.commandLine().getOut();
        out.println("not      " + PlainText.of(String.valueOf(e.getMessage()), MOST_TOLD));
        out.flush();
    }

    private String summary(SongShelf shelf) {
        String songs;
        try {
            songs = MusicText.songs(shelf.entries().size()) + " in " + shelf.folder();
        } catch (MusicException e) {
            songs = String.valueOf(e.getMessage());
        }
        return added + " added, " + there + " were there, " + refused + " could not be added; " + songs;
    }
}
