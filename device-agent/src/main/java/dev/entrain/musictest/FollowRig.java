package dev.entrain.musictest;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.Backing;
import dev.entrain.audio.CueMixer;
import dev.entrain.audio.LinearFrameClock;
import dev.entrain.audio.PlayedCue;
import dev.entrain.audio.music.MusicPlayer;
import dev.entrain.audio.music.MusicSettings;
import dev.entrain.audio.music.Playlist;
import dev.entrain.audio.music.Stretchers;
import dev.entrain.health.Counters;
import dev.entrain.music.SoundReaders;
import dev.entrain.ring.SlotRing;
import dev.entrain.time.NanoClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The walk's own mixer with music under it, as fast as the machine can: blocks of {@value #BLOCK} frames, each mixed
 * {@value #QUEUED_MS} ms before it is heard, as with a card; between two blocks the music thread has one turn and the reading
 * thread as many as it wants. For one thread.
 */
public final class FollowRig implements AutoCloseable {
    /** Frames of a block. */
    public static final int BLOCK = 256;

    /** Frames per second of the output. */
    public static final int RATE_HZ = 48_000;

    private static final int QUEUED_MS = 43;
    private static final int PASSES = 64;

    /** A planned beat as it was heard. */
    public record HeardBeat(long cueId, long frame, boolean carried) {}

    private final SlotRing<PlayedCue> played = new SlotRing<>(256, PlayedCue::new);
    private final LinearFrameClock clock = new LinearFrameClock(0, RATE_HZ);
    private final Counters counters = new Counters();
    private final MusicPlayer player;
    private final CueMixer mixer;
    private final Watched watched;
    private final float[] block = new float[2 * BLOCK];
    private final List<HeardBeat> beats = new ArrayList<>();
    private float[] sound = new float[RATE_HZ];
    private int length;
    private int nextCue;
    private long musicNs;
    private long presentNs;
    private boolean reading = true;

    /**
     * Makes a rig at frame 0.
     *
     * @param settings of the music; no click is added to carried beats where it says so
     */
    public FollowRig(MusicSettings settings, SoundReaders readers, Stretchers stretchers, Playlist playlist) {
        player = new MusicPlayer(settings, readers, stretchers, playlist, counters, this::nowNs);
        watched = new Watched(player.backing());
        mixer = new CueMixer(AudioConfig.DEFAULT, RATE_HZ, counters, played, watched);
    }

    /** Returns the present: when the next block is mixed, ns. */
    public long nowNs() {
        return presentNs;
    }

    /** Returns the player. */
    public MusicPlayer player() {
        return player;
    }

    /** Returns the mixer. */
    public CueMixer mixer() {
        return mixer;
    }

    /** Returns what was counted. */
    public Counters counters() {
        return counters;
    }

    /** Says whether the reading thread has turns: a card that hangs gives it none. */
    public void reading(boolean now) {
        reading = now;
    }

    /** Returns the output so far, one channel. */
    public float[] sound() {
        return Arrays.copyOf(sound, length);
    }

    /** Returns the beats that began so far. */
    public List<HeardBeat> beats() {
        return List.copyOf(beats);
    }

    /** Returns how long the music thread's turns took, ns of the machine by a clock. */
    public long musicNs() {
        return musicNs;
    }

    /**
     * Goes on.
     *
     * @param cues the plan; those already given are not given again
     * @param untilS time of the stream, s
     * @param machine times the music thread's turns
     */
    public void run(List<TimedCue> cues, double untilS, NanoClock machine) {
        while (length < untilS * RATE_HZ) {
            presentNs = clock.timeNsOf(mixer.nextFrame()) - QUEUED_MS * 1_000_000L;
            while (nextCue < cues.size() && cues.get(nextCue).atNs() <= presentNs) {
                mixer.apply(cues.get(nextCue++).command());
            }
            mixer.render(block, BLOCK, clock);
            mixer.confirmWritten();
            drain();
            keep();
            long fromNs = machine.nowNs();
            player.workAhead();
            musicNs += machine.nowNs() - fromNs;
            for (int i = 0; reading && i < PASSES && player.readAhead(); i++) {
                // The reading thread is far faster than the song.
            }
        }
    }

    @Override
    public void close() {
        player.close();
    }

    private void drain() {
        while (played.peek() != null) {
            played.release();
        }
    }

    private void keep() {
        if (length + BLOCK > sound.length) {
            sound = Arrays.copyOf(sound, 2 * sound.length);
        }
        for (int i = 0; i < BLOCK; i++) {
            sound[length++] = block[2 * i];
        }
    }

    /** Passes everything on, and writes down which beats music carries. */
    private final class Watched implements Backing {
        private final Backing inner;

        Watched(Backing inner) {
            this.inner = inner;
        }

        @Override
        public void prepare(int rateHz, double beatDb) {
            inner.prepare(rateHz, beatDb);
        }

        @Override
        public void restart() {
            inner.restart();
        }

        @Override
        public void silence() {
            inner.silence();
        }

        @Override
        public void planBegins(long headFrame, int frames) {
            inner.planBegins(headFrame, frames);
        }

        @Override
        public void planned(long cueId, long frame, long periodNs, boolean committed) {
            inner.planned(cueId, frame, periodNs, committed);
        }

        @Override
        public void planEnds() {
            inner.planEnds();
        }

        @Override
        public float clickGain(long cueId, long frame) {
            float gain = inner.clickGain(cueId, frame);
            beats.add(new HeardBeat(cueId, frame, gain != 1));
            return gain;
        }

        @Override
        public void mix(float[] stereo, int frames, long fromFrame) {
            inner.mix(stereo, frames, fromFrame);
        }
    }
}
