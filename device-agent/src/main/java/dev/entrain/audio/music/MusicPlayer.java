package dev.entrain.audio.music;

import dev.entrain.audio.Backing;
import dev.entrain.health.Counters;
import dev.entrain.music.SoundReaders;
import dev.entrain.ring.SlotRing;
import dev.entrain.time.NanoClock;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Plays songs on the planned beats. The audio thread asks it as its {@link Backing}; two threads of its own work ahead:
 * {@code entrain-music} stretches and mixes 60 ms ahead, {@code entrain-music-reader} reads files. Whatever either of them
 * misses, clicks tell the same beats.
 *
 * <p>A test or a measurement that makes its own time calls {@link #workAhead} and {@link #readAhead} instead of
 * {@link #start}.
 */
public final class MusicPlayer implements AutoCloseable {
    private static final long WORK_NAP_NS = 5_000_000L;
    private static final long READ_NAP_NS = 20_000_000L;
    private static final long END_MS = 2_000;

    private final NanoClock time;
    private final Outlet outlet;
    private final MusicEngine engine;
    private final MusicReader reader;
    private final Thread music;
    private final Thread reading;
    private volatile Runnable lift = () -> {};
    private volatile boolean stopping;

    /**
     * Makes a player that is silent.
     *
     * @param settings how loud
     * @param readers opens songs, on the reading thread
     * @param stretchers made on the music thread when the output's rate is known
     * @param playlist says which song comes next, on the reading thread
     * @param counters where starved moments and faults are counted
     * @param time CLOCK_MONOTONIC
     */
    public MusicPlayer(
            MusicSettings settings,
            SoundReaders readers,
            Stretchers stretchers,
            Playlist playlist,
            Counters counters,
            NanoClock time) {
        this.time = time;
        outlet = new Outlet(settings.clickGain(), counters);
        Deck one = new Deck();
        Deck other = new Deck();
        engine = new MusicEngine(outlet, stretchers, counters, one, other);
        reader = new MusicReader(readers, playlist, outlet, settings.levelDb(), one.feed(), other.feed());
        music = Thread.ofPlatform().name("entrain-music").daemon().unstarted(this::runMusic);
        reading = Thread.ofPlatform().name("entrain-music-reader").daemon().unstarted(this::runReader);
    }

    /** Returns what the audio loop is given. */
    public Backing backing() {
        return outlet;
    }

    /**
     * Starts both threads; once.
     *
     * @param onSong what the music thread does once a song sounds, to be lifted to its priority
     */
    public void start(Runnable onSong) {
        lift = onSong;
        music.start();
        reading.start();
    }

    /** Ends both threads, waits up to 2 s for each (a card that hangs holds nothing else up), and tells what was played. Sound ends with the audio loop's own silence. */
    public void stop() {
        stopping = true;
        LockSupport.unpark(music);
        LockSupport.unpark(reading);
        await(music);
        await(reading);
        if (!music.isAlive()) {
            engine.end(time.nowNs());
        }
        if (!reading.isAlive()) {
            reader.close();
        }
    }

    /** Ends what is played and closes files where no threads were started; {@link #stop} does it too. */
    @Override
    public void close() {
        engine.end(time.nowNs());
        reader.close();
    }

    /** Has another song come. Any thread. */
    public void skip() {
        engine.controls().skip();
    }

    /** Takes note that the walker likes what he hears; returns what that is, null where nothing plays. Any thread. */
    public @Nullable NowPlaying like() {
        NowPlaying now = engine.playing();
        if (now != null) {
            engine.controls().like(now.song().hash());
        }
        return now;
    }

    /** Says whether the walker is in step. Any thread. */
    public void locked(boolean now) {
        engine.controls().locked(now);
    }

    /**
     * Says how much of the arrangement is to be heard; it takes {@value Arrangement#WHOLE_S} s from end to end. Any thread.
     *
     * @param openness 0 (its barest) to 1 (all of it, from the beginning)
     */
    public void open(double openness) {
        engine.controls().open(openness);
    }

    /** Says that clicks alone are wanted, as in the answer to a freeze: music fades out over a beat. Any thread. */
    public void clicksOnly(boolean now) {
        engine.controls().clicksOnly(now);
    }

    /** Returns what plays; null while clicks are alone. Any thread. */
    public @Nullable NowPlaying playing() {
        return engine.playing();
    }

    /** Returns one for each song that ended or was left; the caller is the one consumer. */
    public SlotRing<SongPlayed> heard() {
        return engine.heard();
    }

    /** Returns what keeps music from playing and what to do; null where nothing does. Any thread. */
    public @Nullable String problem() {
        return engine.problem();
    }

    /** Returns the music thread's number. */
    public long threadId() {
        return music.threadId();
    }

    /** One pass of the music thread; returns whether it made sound. Only where {@link #start} is not used. */
    public boolean workAhead() {
        return engine.pass(time.nowNs());
    }

    /** One pass of the reading thread; returns whether there was something to do. Only where {@link #start} is not used. */
    public boolean readAhead() {
        return reader.pass();
    }

    private void runMusic() {
        boolean lifted = false;
        while (!stopping) {
            boolean made = engine.pass(time.nowNs());
            if (made && !lifted && engine.playing() != null) {
                lifted = true;
                lift.run();
            }
            LockSupport.parkNanos(WORK_NAP_NS);
        }
    }

    private void runReader() {
        while (!stopping) {
            if (!reader.pass()) {
                LockSupport.parkNanos(READ_NAP_NS);
            }
        }
    }

    private static void await(Thread thread) {
        try {
            thread.join(END_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
