package dev.entrain.audio.music;

import dev.entrain.music.choice.TempoFit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One song on its way to the stream: what was read, stretched and steered onto the plan, opened up and faded. For the music
 * thread; allocates nothing but in {@link #prepare}.
 */
final class Deck {
    /** What it is doing. */
    enum State {
        /** Has no song. */
        EMPTY,
        /** Asked for one. */
        LOADING,
        /** Has one, waits for a beat to begin on. */
        WAITING,
        /** Plays. */
        RUNNING
    }

    /** A song nearer to a planned beat than this carries it, 1/s: nobody hears 7 ms apart. */
    private static final int CLOSE_PER_S = 150;

    /** Farther from a planned beat than this the song has lost it, 1/s. */
    private static final double FAR_PER_S = 30;

    /** Two beats in a row that ask for so much stretch are another tempo, not a step that came early. */
    private static final double ANOTHER_TEMPO = 0.25;

    private static final int ANOTHER_WEIGHT = 4;

    private static final double ROUNDING = 0.005;

    /** Fade at which a song is half as strong as its whole, and so carries beats. */
    private static final double AUDIBLE = 1 / 3.0;

    private static final int PUTS_PER_STEP = 16;

    /** What was read ends in a fade of so many frames, 11 ms at 48 kHz: a file that breaks off does not click. */
    private static final int TAIL = 512;

    private static final int READY = 2 * Stretcher.MOST_READY;

    private final SongFeed feed = new SongFeed();
    private final Steering steering = new Steering();
    private final SongStatistics figures = new SongStatistics();
    private final float[] piece = new float[Stretcher.MOST_PUT];
    private final float[] ready = new float[READY];
    private final float[] gains = new float[SongFeed.MOST_PARTS];
    private final float[] gainSteps = new float[SongFeed.MOST_PARTS];
    private final DeckFade fade = new DeckFade();

    private @Nullable Stretcher stretcher;
    private Arrangement arrangement = new Arrangement(48_000);
    private State state = State.EMPTY;
    private @Nullable LoadedSong loaded;

    private int readyCount;
    /** Frame of the song put in next. */
    private long songNext;

    /** Where the stretcher's counts began. */
    private long songBase;

    private long streamBase;
    private double middleIn;
    private double middleOut;
    private double open = 1;
    private int outOfReach;
    private boolean wasFar;
    private int starved;
    private double lastTempo = 1;

    /** Takes a stretcher for a rate; the one before is closed. */
    void prepare(int rateHz, Stretcher newStretcher) {
        close();
        stretcher = newStretcher;
        arrangement = new Arrangement(rateHz);
    }

    void close() {
        if (stretcher != null) {
            stretcher.close();
            stretcher = null;
        }
    }

    SongFeed feed() {
        return feed;
    }

    State state() {
        return state;
    }

    SongStatistics figures() {
        return figures;
    }

    DeckFade fade() {
        return fade;
    }

    Steering steering() {
        return steering;
    }

    /** Returns its song; null while it has none. */
    @Nullable
    LoadedSong song() {
        return loaded;
    }

    /** The song of a hash is liked; nothing where it is another. */
    void like(String hash) {
        LoadedSong song = loaded;
        if (song != null && song.song().hash().equals(hash)) {
            figures.like();
        }
    }

    /** Asks for a song. */
    void order(double spm) {
        feed.order(spm);
        state = State.LOADING;
    }

    /** Has a song now, which begins where it was read from. */
    void adopt(LoadedSong song) {
        loaded = song;
        songNext = song.fromFrame();
        starved = 0;
        state = State.WAITING;
        figures.begin(song.song());
    }

    /** Gives its song back. */
    void leave() {
        feed.leave();
        loaded = null;
        state = State.EMPTY;
    }

    /** Stops at once, to go on at a later beat from where it was read, a tenth of a second on. */
    void hold() {
        if (state == State.RUNNING) {
            state = State.WAITING;
        }
    }

    /** Returns the frame of the song it will go on from, or is at. */
    long songNext() {
        return songNext;
    }

    /**
     * Returns whether enough was read to begin at a frame: some, but much once it has starved, so that a slow card does not let
     * it begin again and again. What comes before that frame is passed over: there may be more of it than is kept.
     *
     * @param fromFrame of the song, not before {@link #songNext}
     * @param some frames
     * @param much frames
     */
    boolean readAhead(long fromFrame, int some, int much) {
        feed.passOver(fromFrame);
        int wanted = starved == 0 ? some : Math.min(much, feed.capacity() / 2);
        return feed.over() || feed.available(fromFrame) >= wanted;
    }

    /** Returns how often the ring ran dry because this song was not read in time. */
    int starved() {
        return starved;
    }

    /** The ring ran dry; returns how often it has because this song was not read in time. */
    int ranDry() {
        if (state == State.RUNNING && !feed.over() && feed.available(songNext) < piece.length) {
            starved++;
        }
        return starved;
    }

    /** Returns whether everything that was read has been used up and no more will come. */
    boolean drained() {
        return feed.over() && feed.available(songNext) <= 0;
    }

    /**
     * Begins on a planned beat.
     *
     * @param atFrame frame of the stream that is made next
     * @param leadFrames how long before its beat the song is heard
     * @param ordinal the planned beat, at least that far ahead
     * @param beat the beat of the song on it
     * @param perCue beats of the song from one planned beat to the next
     * @param openness how much of the arrangement is heard from the first frame on, 0 to 1
     */
    void start(BeatTrack plan, long atFrame, int leadFrames, long ordinal, int beat, double perCue, double openness) {
        LoadedSong song = loaded;
        Stretcher stretch = stretcher;
        if (song == null || stretch == null) {
            return;
        }
        double tempo = steering.tie(song.beats(), plan, ordinal, beat, perCue);
        stretch.clear();
        stretch.tempo(tempo);
        streamBase = Math.max(atFrame, Math.round(plan.frameOf(ordinal)) - leadFrames);
        songBase = Math.round(steering.songFrameOn(ordinal) - (plan.frameOf(ordinal) - streamBase) * tempo);
        songNext = songBase;
        readyCount = (int) (streamBase - atFrame);
        Arrays.fill(ready, 0, readyCount, 0f);
        middleIn = songBase;
        middleOut = streamBase;
        open = openness;
        arrangement.begin(openness);
        for (int part = 0; part < song.parts(); part++) {
            gains[part] = Arrangement.gain(open, part, song.parts());
        }
        state = State.RUNNING;
        outOfReach = 0;
        wasFar = false;
    }

    /**
     * Stretches until the next frames are there.
     *
     * @return whether there was enough of the song
     */
    boolean has(BeatTrack plan, int frames) {
        LoadedSong song = loaded;
        Stretcher stretch = stretcher;
        if (song == null || stretch == null) {
            return false;
        }
        while (readyCount < frames) {
            if (!step(plan, song, stretch)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Gives the next frames, filtered and without its fade; it must have them.
     *
     * @param openTarget how much of the arrangement is wanted, 0 to 1
     */
    void render(LoadedSong song, float[] out, int frames, double openTarget) {
        System.arraycopy(ready, 0, out, 0, frames);
        readyCount -= frames;
        System.arraycopy(ready, frames, ready, 0, readyCount);
        open = arrangement.move(openTarget, frames);
        if (song.parts() == 1) {
            arrangement.filter(out, frames);
        }
    }

    /** Keeps in the song's figures the beat that passed last. */
    void countBeat(long nowNs, boolean carried, boolean locked) {
        figures.beat(nowNs, carried, locked, lastTempo);
    }

    /** Returns how many beats in a row were out of reach; a second one at quite another tempo counts for {@value #ANOTHER_WEIGHT}. */
    int outOfReach() {
        return outOfReach;
    }

    /** Takes note of a planned beat that was made; returns whether this song carries it. */
    boolean passBeat(BeatTrack plan, long ordinal, int rateHz) {
        double off = songAt(plan.frameOf(ordinal)) - steering.songFrameOn(ordinal);
        double tempo = steering.between(plan, ordinal);
        lastTempo = tempo;
        boolean near = Math.abs(off) <= rateHz / (double) CLOSE_PER_S;
        boolean reached =
                Math.abs(tempo - 1) <= TempoFit.MOST_STRETCH + ROUNDING && Math.abs(off) <= rateHz / FAR_PER_S;
        boolean far = Math.abs(tempo - 1) > ANOTHER_TEMPO;
        outOfReach = reached ? 0 : outOfReach + (far && wasFar ? ANOTHER_WEIGHT : 1);
        wasFar = far;
        return near && fade.at() >= AUDIBLE;
    }

    /** Returns the frame of the song that is heard on a frame of the stream made lately. */
    double songAt(double streamFrame) {
        Stretcher stretch = stretcher;
        if (stretch == null) {
            return 0;
        }
        double nextOut = streamBase + stretch.nextMiddleOut();
        double nextIn = songBase + stretch.nextMiddleIn();
        double span = nextOut - middleOut;
        double tempo = span > 0 ? (nextIn - middleIn) / span : steering.tempo();
        return nextIn - (nextOut - streamFrame) * tempo;
    }

    private boolean step(BeatTrack plan, LoadedSong song, Stretcher stretch) {
        for (int i = 0; i < PUTS_PER_STEP; i++) {
            if (!put(song)) {
                return false;
            }
            double wasIn = songBase + stretch.nextMiddleIn();
            double wasOut = streamBase + stretch.nextMiddleOut();
            stretch.put(piece, piece.length);
            int taken = stretch.take(ready, readyCount);
            if (taken > 0) {
                readyCount += taken;
                middleIn = wasIn;
                middleOut = wasOut;
                double songFrame = songBase + stretch.nextMiddleIn();
                double streamFrame = streamBase + stretch.nextMiddleOut();
                stretch.tempo(steering.steer(plan, songFrame, streamFrame, stretch.stepFrames()));
                return true;
            }
        }
        return false;
    }

    /** Reads the next piece of the song; it ends in a fade, then there is silence. */
    private boolean put(LoadedSong song) {
        int frames = piece.length;
        boolean over = feed.over(); // First: what was there when it was over is all.
        long there = feed.available(songNext);
        if (there < frames && !over) {
            return false;
        }
        int mixed = Math.clamp(there, 0, frames);
        for (int part = 0; part < song.parts(); part++) {
            gainSteps[part] = (Arrangement.gain(open, part, song.parts()) - gains[part]) / frames;
        }
        feed.mix(songNext, piece, mixed, song.parts(), gains, gainSteps);
        for (int part = 0; part < song.parts(); part++) {
            gains[part] += gainSteps[part] * frames;
        }
        for (int i = Math.max(0, (int) Math.min(there - TAIL, mixed)); over && i < mixed; i++) {
            piece[i] *= (float) (there - i) / TAIL;
        }
        Arrays.fill(piece, mixed, frames, 0f);
        songNext += frames;
        return true;
    }
}
