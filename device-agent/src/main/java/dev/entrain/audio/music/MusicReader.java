package dev.entrain.audio.music;

import dev.entrain.music.MusicException;
import dev.entrain.music.Part;
import dev.entrain.music.Song;
import dev.entrain.music.SoundReaders;
import dev.entrain.music.decode.MixedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reading thread's body: asks for the next song, opens its parts, keeps the feeds full. A slow card or a file that is
 * gone shows here and nowhere else. One pass reads at most one piece of each feed.
 */
final class MusicReader {
    private static final int PIECE = 4096;

    /** What is read before the first beat, s: the music's upbeat and what the stretcher looks at. */
    private static final double BEFORE_S = 1;

    /** No peak of a song comes nearer to full scale than this by its level alone, dBTP. */
    private static final double CEILING_DB = -1;

    /** A song quieter than this is not raised any further: it would be hiss, LUFS. */
    private static final double QUIETEST_LUFS = -50;

    private final SoundReaders readers;
    private final Playlist playlist;
    private final Outlet outlet;
    private final double levelDb;
    private final SongFeed[] feeds;
    private final long[] served;
    private final List<List<PartSource>> sources = new ArrayList<>();
    private final float[] piece = new float[PIECE];

    MusicReader(SoundReaders readers, Playlist playlist, Outlet outlet, double levelDb, SongFeed... feeds) {
        this.readers = readers;
        this.playlist = playlist;
        this.outlet = outlet;
        this.levelDb = levelDb;
        this.feeds = feeds;
        served = new long[feeds.length];
        for (int i = 0; i < feeds.length; i++) {
            sources.add(new ArrayList<>());
        }
    }

    /** Reads a piece where there is room; returns whether there was anything to do. */
    boolean pass() {
        boolean busy = false;
        for (int i = 0; i < feeds.length; i++) {
            busy |= serve(i, feeds[i]);
        }
        return busy;
    }

    /** Closes every file. */
    void close() {
        for (int i = 0; i < feeds.length; i++) {
            closeSources(i);
        }
    }

    private boolean serve(int index, SongFeed feed) {
        long order = feed.order();
        if (order != served[index]) {
            closeSources(index);
            served[index] = order;
            if (feed.wanted()) {
                load(index, feed, order);
            }
            return true;
        }
        if (sources.get(index).isEmpty() || feed.over() || feed.room() < PIECE) {
            return false;
        }
        fill(index, feed);
        return true;
    }

    private void fill(int index, SongFeed feed) {
        int frames = PIECE;
        try {
            List<PartSource> parts = sources.get(index);
            for (int part = 0; part < parts.size(); part++) {
                int got = parts.get(part).next(piece, PIECE);
                feed.put(part, piece, got);
                frames = Math.min(frames, got);
            }
            feed.filled(frames);
            if (frames < PIECE) {
                over(feed, early(feed));
                closeSources(index);
            }
        } catch (MusicException | RuntimeException e) { // Whatever is wrong with a song, beats go on as clicks.
            over(feed, String.valueOf(e.getMessage()));
            closeSources(index);
        }
    }

    private void over(SongFeed feed, @Nullable String why) {
        if (why != null) {
            playlist.fault(why);
        }
        feed.over(why);
    }

    /** Returns what is wrong if a song ended well before its last beats; null if it did not. */
    private static @Nullable String early(SongFeed feed) {
        LoadedSong loaded = feed.song();
        if (loaded == null) {
            return null;
        }
        double missing =
                -feed.available((long) loaded.beats().frameOf(loaded.beats().count() - 1.0));
        return missing > loaded.beats().frameOf(8) - loaded.beats().frameOf(0)
                ? loaded.song().file() + " ends before its beats do; it is damaged. Remove the song and add it anew."
                : null;
    }

    private void load(int index, SongFeed feed, long order) {
        try {
            open(index, feed, order);
        } catch (RuntimeException e) { // A song whose beats or parts make no sense: the next one may.
            closeSources(index);
            String why = String.valueOf(e.getMessage());
            playlist.fault(why);
            feed.none(order, null, why);
        }
    }

    private void open(int index, SongFeed feed, long order) {
        Outlet.Format format = outlet.format();
        Song song = format == null ? null : playlist.next(feed.targetSpm());
        if (song == null || format == null || song.beats().count() < 2) {
            feed.none(order, null, null);
            return;
        }
        SongBeats beats = SongBeats.of(song.beats(), format.rateHz());
        List<Part> parts = song.parts();
        boolean apart = parts.size() > 1 && parts.size() <= SongFeed.MOST_PARTS;
        int count = apart ? parts.size() : 1;
        int first = Math.max(0, beats.downbeatFrom(0));
        long from = Math.max(0, (long) (beats.frameOf(first) - BEFORE_S * format.rateHz()));
        try {
            for (int i = 0; i < count; i++) {
                Path file = apart ? parts.get(i).file() : song.file();
                SoundReaders whole = parts.size() > 1 && !apart ? mixed(parts) : readers;
                sources.get(index).add(PartSource.open(whole, file, format.rateHz(), from));
            }
            feed.ready(order, new LoadedSong(song, beats, count, gain(song, format.beatDb()), from));
        } catch (MusicException e) {
            closeSources(index);
            String why = String.valueOf(e.getMessage());
            playlist.fault(why);
            feed.none(order, new LoadedSong(song, beats, count, 0, from), why);
        }
    }

    /** More parts than are opened one by one sound as one, and none of them is left out. */
    private SoundReaders mixed(List<Part> parts) {
        return first -> MixedReader.open(readers, parts.stream().map(Part::file).toList());
    }

    private float gain(Song song, double beatDb) {
        double lufs = Math.max(QUIETEST_LUFS, song.lufs());
        double most = Double.isFinite(song.truePeakDb()) ? CEILING_DB - song.truePeakDb() : 0;
        return (float) Math.pow(10, Math.min(beatDb + levelDb - lufs, most) / 20);
    }

    private void closeSources(int index) {
        sources.get(index).forEach(PartSource::close);
        sources.get(index).clear();
    }
}
