package dev.entrain.audio.music;

import dev.entrain.audio.music.soundtouch.SoundTouchStretchers;
import dev.entrain.health.Counters;
import dev.entrain.music.MusicException;
import dev.entrain.music.SoundReader;
import dev.entrain.musictest.KnownPiece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The music thread's body with both its neighbours played by the test: the audio thread's blocks, with beats at a steady
 * tempo, and the reading thread, deck by deck.
 */
final class EngineRig implements AutoCloseable {
    static final int BLOCK = 256;
    private static final SoundReader NOTHING = KnownPiece.smooth(1, 100).open();
    private static final int PIECE = 4096;

    final Counters counters = new Counters();
    final Deck[] decks = {new Deck(), new Deck()};
    final Outlet outlet = new Outlet(0, counters);
    final MusicEngine engine;

    /** So many frames of a deck's song are read on. */
    final long[] most = {Long.MAX_VALUE, Long.MAX_VALUE};

    /** Song by song as they are asked for; the last one again and again. */
    final List<KnownPiece> pieces = new ArrayList<>();

    /** Whether files can't be opened. */
    boolean gone;

    /** Whether beats are planned. */
    boolean cued = true;

    /** Clicks that were as loud as a click alone, and those that were not. */
    final List<Boolean> carried = new ArrayList<>();

    int orders;

    /** In how many parts songs come. */
    int parts = 1;

    private final long[] served = new long[2];
    private final long[] left = new long[2];
    private final long[] read = new long[2];
    private final SoundReader[] readers = {NOTHING, NOTHING};
    private final float[] sound = new float[2 * BLOCK];
    private float[] heard = new float[1 << 20];
    private final float[] piece = new float[PIECE];
    private final double spm;
    private int rateHz = 48_000;
    private long head;
    private long baseNs;
    private long baseFrame;

    EngineRig(double spm, KnownPiece... songs) throws MusicException {
        this.spm = spm;
        pieces.addAll(List.of(songs));
        engine = new MusicEngine(outlet, new SoundTouchStretchers(), counters, decks[0], decks[1]);
        outlet.prepare(rateHz, -20);
    }

    /** The output breaks and comes back at another rate. */
    void rate(int hz) {
        baseNs = nowNs();
        baseFrame = head;
        rateHz = hz;
        outlet.prepare(hz, -20);
        outlet.restart();
    }

    long nowNs() {
        return baseNs + (head - baseFrame) * 1_000_000_000L / rateHz;
    }

    void run(double seconds) throws MusicException {
        long untilNs = nowNs() + Math.round(seconds * 1e9);
        while (nowNs() - untilNs < 0) {
            block();
        }
    }

    /** Returns the deck that plays, of two the one that comes. */
    Deck leading() {
        String hash = engine.playing() == null ? "" : engine.playing().song().hash();
        for (Deck deck : decks) {
            LoadedSong song = deck.song();
            if (song != null && song.song().hash().equals(hash)) {
                return deck;
            }
        }
        throw new AssertionError("nothing plays");
    }

    /** Returns the title of what plays. */
    String title() {
        NowPlaying now = engine.playing();
        return now == null ? "" : now.song().title();
    }

    /** Returns when the first sound came, s. */
    double firstSoundS() {
        int at = 0;
        while (heard[at] == 0) {
            at++;
        }
        return (double) at / rateHz;
    }

    /** Returns the mean level of what was heard in a time. */
    double rms(double fromS, double toS) {
        double sum = 0;
        int from = (int) (fromS * rateHz);
        int to = (int) (toS * rateHz);
        for (int i = from; i < to; i++) {
            sum += heard[i] * heard[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    /** Returns the greatest step from a sample to the next in a time. */
    double steepest(double fromS, double toS) {
        double most = 0;
        for (int i = (int) (fromS * rateHz); i < (int) (toS * rateHz); i++) {
            most = Math.max(most, Math.abs(heard[i] - heard[i - 1]));
        }
        return most;
    }

    /** A deck's file can't be read any further. */
    void breaks(Deck deck) {
        left[deck == decks[0] ? 0 : 1] = 0;
        deck.feed().over("it is damaged");
    }

    boolean crossing() {
        return decks[0].state() == Deck.State.RUNNING && decks[1].state() == Deck.State.RUNNING;
    }

    /** Returns where the music is loudest within 0.1 s of the beat nearest to a time, s after that beat. */
    double strokeAfterBeat(double timeS) {
        double beatNs = Math.round(timeS * spm / 60) * 60e9 / spm;
        int at = (int) frameOf(beatNs);
        int loudest = at - rateHz / 10;
        for (int i = loudest; i < at + rateHz / 10; i++) {
            loudest = Math.abs(heard[i]) > Math.abs(heard[loudest]) ? i : loudest;
        }
        return (double) (loudest - at) / rateHz;
    }

    void block() throws MusicException {
        double periodNs = 60e9 / spm;
        outlet.planBegins(head, BLOCK);
        long first = (long) Math.ceil(nowNs() / periodNs);
        for (long i = first; cued && i < first + 3; i++) {
            outlet.planned(i, frameOf(i * periodNs), Math.round(periodNs), true);
        }
        outlet.planEnds();
        for (long i = first; cued && frameOf(i * periodNs) < head + BLOCK; i++) {
            carried.add(outlet.clickGain(i, frameOf(i * periodNs)) != 1);
        }
        Arrays.fill(sound, 0);
        outlet.mix(sound, BLOCK, head);
        if (head + BLOCK > heard.length) {
            heard = Arrays.copyOf(heard, 2 * heard.length);
        }
        for (int i = 0; i < BLOCK; i++) {
            heard[(int) head + i] = sound[2 * i];
        }
        head += BLOCK;
        for (int i = 0; i < decks.length; i++) {
            read(i, decks[i].feed());
        }
        engine.pass(nowNs());
    }

    private long frameOf(double timeNs) {
        return baseFrame + Math.round((timeNs - baseNs) * rateHz * 1e-9);
    }

    private void read(int deck, SongFeed feed) throws MusicException {
        if (feed.order() != served[deck]) {
            served[deck] = feed.order();
            if (feed.wanted()) {
                load(deck, feed);
            }
        }
        while (read[deck] < most[deck] && left[deck] > 0 && feed.wanted() && feed.room() >= PIECE) {
            int ignored = readers[deck].read(piece, PIECE);
            for (int part = 0; part < parts; part++) {
                feed.put(part, piece, PIECE);
            }
            feed.filled(PIECE);
            left[deck] -= PIECE;
            read[deck] += PIECE;
            if (left[deck] <= 0) {
                feed.over(null);
            }
        }
    }

    private void load(int deck, SongFeed feed) {
        KnownPiece next = pieces.get(Math.min(orders, pieces.size() - 1));
        String name = "song " + orders++;
        LoadedSong song = new LoadedSong(
                next.song(name, -20), SongBeats.of(next.song(name, -20).beats(), rateHz), parts, 1, 0);
        left[deck] = 0;
        if (gone) {
            feed.none(served[deck], song, "it is gone");
        } else {
            left[deck] = (long) (next.seconds() * rateHz);
            read[deck] = 0;
            readers[deck] = next.open();
            feed.ready(served[deck], song);
        }
    }

    @Override
    public void close() {
        engine.end(nowNs());
    }
}
