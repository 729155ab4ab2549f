package dev.entrain.musictest;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.CueMixer;
import dev.entrain.audio.LinearFrameClock;
import dev.entrain.audio.PlayedCue;
import dev.entrain.audio.music.MusicPlayer;
import dev.entrain.audio.music.MusicSettings;
import dev.entrain.audio.music.SongPlayed;
import dev.entrain.audio.music.Stretchers;
import dev.entrain.audio.wav.WavFile;
import dev.entrain.closedloop.ClosedLoop;
import dev.entrain.closedloop.LoopOptions;
import dev.entrain.closedloop.LoopResult;
import dev.entrain.cue.CueCommand;
import dev.entrain.entrainment.LockDetector;
import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.health.Counters;
import dev.entrain.music.Song;
import dev.entrain.music.SoundReaders;
import dev.entrain.music.choice.SongChooser;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SongFacts;
import dev.entrain.pipeline.CoreSink;
import dev.entrain.pipeline.StepReport;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.session.Programme;
import dev.entrain.sim.patient.PatientProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A programme given to a simulated patient with music, as fast as the machine can: the walk's own mixer, player and choice of
 * songs on the time of the simulation. What the patient hears is the beat; that music would move him is not simulated. To be
 * used once, by one thread.
 */
public final class MusicSession implements CoreSink {
    private static final int BLOCK = 256;
    private static final int RATE_HZ = 48_000;

    /** A card is given sound so long before it is heard, ns. */
    private static final long QUEUED_NS = 43_000_000L;

    /** Turns of the reading thread between two blocks. */
    private static final int PASSES = 64;

    private static final int PLAYED = 256;
    private static final double NS = 1e-9;

    private final SlotRing<PlayedCue> played = new SlotRing<>(PLAYED, PlayedCue::new);
    private final LinearFrameClock clock = new LinearFrameClock(0, RATE_HZ);
    private final LockDetector lock = new LockDetector();
    private final List<Song> songs;
    private final SongChooser chooser;
    private final Map<String, Long> chosenS = new HashMap<>();
    private final MusicPlayer player;
    private final CueMixer mixer;
    private final @Nullable WavFile file;
    private final float[] block = new float[2 * BLOCK];
    private final List<SongPlayed> heard = new ArrayList<>();
    private long presentNs;
    private long periodNs;

    private MusicSession(
            MusicSettings settings,
            List<Song> songs,
            SoundReaders readers,
            Stretchers stretchers,
            long seed,
            @Nullable WavFile file) {
        this.songs = List.copyOf(songs);
        this.file = file;
        chooser = new SongChooser(seed);
        Counters counters = new Counters();
        player = new MusicPlayer(settings, readers, stretchers, this::choose, counters, () -> presentNs);
        mixer = new CueMixer(AudioConfig.DEFAULT, RATE_HZ, counters, played, player.backing());
    }

    /**
     * Gives a programme.
     *
     * @param songs the patient's
     * @param file takes the sound; null where nobody listens
     * @return what came of it, its songs among its facts
     * @throws IOException if the file does not take the sound
     */
    public static LoopResult give(
            PatientProfile patient,
            Programme programme,
            LoopOptions options,
            MusicSettings settings,
            List<Song> songs,
            SoundReaders readers,
            Stretchers stretchers,
            @Nullable WavFile file)
            throws IOException {
        MusicSession music = new MusicSession(settings, songs, readers, stretchers, options.seed(), file);
        try {
            LoopResult result = ClosedLoop.session(patient, programme, options, music);
            music.player.close();
            music.drain();
            return music.with(result);
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            music.player.close();
        }
    }

    private @Nullable Song choose(double targetSpm) {
        long nowS = (long) (presentNs * NS);
        Song next = chooser.next(songs, targetSpm, chosenS, nowS)
                .map(ranked -> ranked.song())
                .orElse(null);
        if (next != null) {
            chosenS.put(next.hash(), nowS);
        }
        return next;
    }

    private void renderTo(long nowNs) {
        while (clock.timeNsOf(mixer.nextFrame()) - QUEUED_NS - nowNs <= 0) {
            presentNs = clock.timeNsOf(mixer.nextFrame()) - QUEUED_NS;
            mixer.render(block, BLOCK, clock);
            mixer.confirmWritten();
            write();
            drain();
            player.workAhead();
            for (int i = 0; i < PASSES && player.readAhead(); i++) {
                // The reading thread is far faster than the song.
            }
        }
    }

    private void write() {
        if (file != null) {
            try {
                file.write(block, 0, BLOCK);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void drain() {
        while (played.peek() != null) { // Emptied after each block.
            played.release();
        }
        for (SongPlayed song = player.heard().peek();
                song != null;
                song = player.heard().peek()) {
            SongPlayed copy = new SongPlayed();
            copy.copyFrom(song);
            heard.add(copy);
            player.heard().release();
        }
    }

    private LoopResult with(LoopResult result) {
        SessionData data = result.data();
        List<SessionData.Song> told = new ArrayList<>();
        for (SongPlayed song : heard) {
            told.add(new SessionData.Song(
                    (song.fromNs - result.originNs()) * NS,
                    (song.toNs - result.originNs()) * NS,
                    new SongFacts(
                            song.hash,
                            song.title,
                            (int) song.beats,
                            (int) song.clickedBeats,
                            (int) song.lockedBeats,
                            song.stretchMedianPct,
                            song.stretchMostPct,
                            SongFacts.Ended.valueOf(song.ended.name()),
                            song.liked)));
        }
        SessionData withSongs = new SessionData(
                data.id(),
                data.programme(),
                data.condition(),
                data.startedUtc(),
                data.baselineSpm(),
                data.simulated(),
                data.blocks(),
                data.steps(),
                data.cues(),
                data.strides(),
                data.freezes(),
                data.events(),
                told);
        return new LoopResult(withSongs, result.truth(), result.originNs(), result.heardNs(), result.checks());
    }

    @Override
    public void onCue(CueCommand command) {
        renderTo(command.decidedNs);
        mixer.apply(command);
        if (command.kind == CueCommand.Kind.COMMIT) {
            periodNs = command.periodNs;
        } else if (command.kind == CueCommand.Kind.SILENCE) {
            lock.reset();
            player.locked(false);
        }
    }

    @Override
    public void onStep(StepReport step) {
        renderTo(step.decidedNs);
        lock.onStep(step.timeNs, step.cueId != 0, step.asynchronyNs, periodNs);
        player.locked(lock.locked());
    }

    @Override
    public void onGaitEvent(GaitEvent event) {}

    @Override
    public void onContactPrediction(ContactPrediction prediction) {}

    @Override
    public void onFootPhase(FootPhase phase) {}

    @Override
    public void onStride(StrideEstimate stride) {}

    @Override
    public void onSensorGap(Foot foot, long fromNs, long toNs) {}
}
