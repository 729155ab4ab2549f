package dev.entrain.agent;

import dev.entrain.audio.Backing;
import dev.entrain.audio.music.MusicPlayer;
import dev.entrain.audio.music.NowPlaying;
import dev.entrain.audio.music.Playlist;
import dev.entrain.audio.music.SongPlayed;
import dev.entrain.audio.music.soundtouch.SoundTouchStretchers;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.MusicConfig;
import dev.entrain.health.Counters;
import dev.entrain.journal.SongRecord;
import dev.entrain.journal.SongSource;
import dev.entrain.music.MusicException;
import dev.entrain.music.Preference;
import dev.entrain.music.Song;
import dev.entrain.music.SoundReaders;
import dev.entrain.music.choice.RankedSong;
import dev.entrain.music.choice.SongChooser;
import dev.entrain.music.decode.SndFileReaders;
import dev.entrain.music.library.SongShelf;
import dev.entrain.outcome.SongFacts;
import dev.entrain.realtime.RealTime;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The patient's music on a walk: the shelf's songs, chosen, played on the beats, and what became of them. What the shelf is
 * told (played, liked) goes through a thread of its own, because a card may be slow and nobody shall wait for it.
 */
final class WalkMusic implements SongSource {
    private static final int NOTES = 64;

    /** Told of a walk; one that meets more has the same trouble with all. */
    private static final int MOST_TROUBLES = 32;

    private static final long LOOK_MS = 500;
    private static final Duration SHELF_END = Duration.ofSeconds(2);

    /** For who is told that the patient likes a song and that it is kept. */
    @FunctionalInterface
    interface Liked {
        void kept();
    }

    /** Something for the shelf. */
    private record Note(String hash, boolean liked) {}

    private final MusicConfig config;
    private final SongShelf shelf;
    private final SongChooser chooser;
    private final MusicPlayer player;
    private final WallClock wall;
    private final Liked liked;
    private final Map<String, Long> chosenS = new HashMap<>();
    private final BlockingQueue<Note> notes = new ArrayBlockingQueue<>(NOTES);
    private final Thread keeper = Thread.ofPlatform().name("entrain-shelf").unstarted(this::keep);
    private final Set<String> troubles = ConcurrentHashMap.newKeySet();
    private boolean noneFits;
    private final SongWalk walk = new SongWalk();
    private final AtomicInteger earned = new AtomicInteger();
    private volatile boolean stopping;

    private WalkMusic(
            MusicConfig config,
            SongShelf shelf,
            SoundReaders readers,
            SoundTouchStretchers stretchers,
            Counters counters,
            NanoClock clock,
            WallClock wall,
            Liked liked) {
        this.config = config;
        this.shelf = shelf;
        this.wall = wall;
        this.liked = liked;
        chooser = new SongChooser(clock.nowNs());
        Playlist playlist = new Playlist() {
            @Override
            public @Nullable Song next(double targetSpm) {
                return choose(targetSpm);
            }

            @Override
            public void fault(String why) {
                trouble(why);
            }
        };
        player = new MusicPlayer(config.settings(), readers, stretchers, playlist, counters, clock);
    }

    /**
     * Makes a walk's music, or says why there are clicks alone.
     *
     * @param liked hears on a thread of its own that a like was kept
     * @return null where music is switched off, no song is on the shelf or a library is missing
     */
    static @Nullable WalkMusic of(AgentConfig config, Counters counters, NanoClock clock, WallClock wall, Liked liked) {
        if (!config.music().enabled()) {
            return null;
        }
        SongShelf shelf = new SongShelf(config.stateDir());
        try {
            int songs = shelf.all().size();
            int damaged = shelf.damaged().size();
            if (damaged > 0) {
                Logger.warn(
                        "Music: {} songs are damaged in music.db and left out; entrain music list names them", damaged);
            }
            if (songs == 0) {
                Logger.info("Music: there are no songs on this unit, beats are clicks; `entrain music add` adds some");
                return null;
            }
            WalkMusic music = new WalkMusic(
                    config.music(),
                    shelf,
                    new SndFileReaders(),
                    new SoundTouchStretchers(),
                    counters,
                    clock,
                    wall,
                    liked);
            Logger.info("Music: {} songs; it plays on the beats", songs);
            return music;
        } catch (MusicException e) {
            Logger.warn("Music: {}. Until then beats are clicks", e.getMessage());
            return null;
        }
    }

    /** Returns what the audio loop is given. */
    Backing backing() {
        return player.backing();
    }

    /**
     * Starts its threads, once the audio loop was made.
     *
     * @param realTime lifts the one that makes sound ahead as far as it was granted
     */
    void start(Thread.UncaughtExceptionHandler handler, RealTime realTime) {
        keeper.setUncaughtExceptionHandler(handler);
        player.start(realTime::liftMusicThread);
        keeper.start();
    }

    /** Ends its threads within their bounds, after the audio loop; what was played can be taken afterwards. */
    void stop() {
        player.stop();
        stopping = true;
        ThreadEnd.await(keeper, SHELF_END);
    }

    /** Any thread: another song. */
    void another() {
        player.skip();
    }

    /** Any thread: the patient likes what he hears; nothing where no song plays. */
    void like() {
        NowPlaying now = player.like();
        if (now != null) {
            tell(new Note(now.song().hash(), true));
        }
    }

    /** Any thread: whether the walker is in step. */
    void locked(boolean now) {
        player.locked(now);
    }

    /** Any thread: how far the arrangement is open, 0 to 1. */
    void open(double share) {
        player.open(share);
    }

    /** Any thread: whether the beats are clicks alone. */
    void clicksOnly(boolean now) {
        player.clicksOnly(now);
    }

    /** Any thread: returns how many songs were walked in step to their ends. */
    int earned() {
        return earned.get();
    }

    /** Any thread: returns what plays; null while clicks are alone. */
    @Nullable
    NowPlaying now() {
        return player.playing();
    }

    @Override
    public boolean playing() {
        return player.playing() != null || player.heard().peek() != null;
    }

    /** The reading thread asks which song comes next. */
    private @Nullable Song choose(double targetSpm) {
        try {
            Map<String, Long> playedS = new HashMap<>(shelf.lastPlayed());
            playedS.putAll(chosenS);
            long nowS = wall.now().getEpochSecond();
            Optional<RankedSong> next = chooser.next(shelf.all(), targetSpm, playedS, nowS);
            if (next.isEmpty()) {
                if (!noneFits) {
                    Logger.info("Music: no song fits {} steps a minute; beats are clicks", Math.round(targetSpm));
                }
                noneFits = true;
                return null;
            }
            noneFits = false;
            Song song = next.get().song();
            chosenS.put(song.hash(), nowS);
            Logger.info(
                    "Music: next is {} ({})",
                    song.hash(), // Logs are for whoever looks after the unit; what a patient listens to is not.
                    next.get().why());
            return song;
        } catch (MusicException e) {
            if (!noneFits) {
                Logger.warn("Music: {}. Until then beats are clicks", e.getMessage());
            }
            noneFits = true;
            return null;
        }
    }

    /** Tells of what is wrong with songs or libraries, the same once. */
    private void trouble(@Nullable String why) {
        if (why != null && troubles.size() < MOST_TROUBLES && troubles.add(why)) {
            Logger.warn("Music: {} Meanwhile beats are clicks", why.endsWith(".") ? why : why + ".");
        }
    }

    @Override
    public @Nullable SongRecord next() {
        SongPlayed played = player.heard().peek();
        if (played == null) {
            return null;
        }
        SongRecord record = new SongRecord(
                played.fromNs,
                played.toNs,
                new SongFacts(
                        played.hash,
                        config.shareTitles() ? played.title : null,
                        (int) played.beats,
                        (int) played.clickedBeats,
                        (int) played.lockedBeats,
                        played.stretchMedianPct,
                        played.stretchMostPct,
                        SongFacts.Ended.valueOf(played.ended.name()),
                        played.liked));
        if (walk.take(played)) {
            earned.incrementAndGet();
        }
        if (played.beats > 0) {
            tell(new Note(played.hash, false));
        }
        player.heard().release();
        return record;
    }

    private void tell(Note note) {
        if (!notes.offer(note)) {
            Logger.warn(
                    "Music: the card is too slow; that a song was {} is not kept", note.liked() ? "liked" : "played");
        }
    }

    private void keep() {
        while (!stopping || !notes.isEmpty()) {
            try {
                Note note = notes.poll(LOOK_MS, TimeUnit.MILLISECONDS);
                if (note != null) {
                    keep(note);
                }
                trouble(player.problem());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void keep(Note note) {
        try {
            if (note.liked()) {
                if (shelf.prefer(note.hash(), Preference.LIKED)) {
                    liked.kept();
                }
            } else {
                shelf.played(note.hash(), wall.now().getEpochSecond());
            }
        } catch (MusicException e) {
            Logger.warn("Music: {}", e.getMessage());
        }
    }
}
