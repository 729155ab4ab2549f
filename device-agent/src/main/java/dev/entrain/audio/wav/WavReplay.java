package dev.entrain.audio.wav;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.CueMixer;
import dev.entrain.audio.LinearFrameClock;
import dev.entrain.audio.PlayedCue;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueSink;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Renders the sound of a replayed walk into a WAV file, as fast as the machine can: the mixer of the live path, with an
 * exact clock and the same distance between decision and rendering, so that what would be late on a walk is late here.
 * The same calls give the same file, byte for byte. Not thread-safe.
 */
public final class WavReplay implements CueSink, AutoCloseable {
    /** Frames per second. */
    public static final int RATE_HZ = 48_000;

    private static final int BLOCK_FRAMES = 256;
    // A full card buffer and the period being written, as on the live path.
    private static final long AHEAD_FRAMES = 2048 + BLOCK_FRAMES;
    private static final int PLAYED_SLOTS = 256;

    private final WavFile file;
    private final LinearFrameClock clock;
    private final SlotRing<PlayedCue> played = new SlotRing<>(PLAYED_SLOTS, PlayedCue::new);
    private final CueMixer mixer;
    private final float[] block = new float[2 * BLOCK_FRAMES];

    /**
     * Makes the file.
     *
     * @param path where; an older file is replaced
     * @param config level; the output offset is not applied, a file has none
     * @param originNs moment of frame 0, usually the time of the first sample, ns
     * @param counters where cues played and late are counted
     * @throws IOException if the file cannot be written
     */
    public WavReplay(Path path, AudioConfig config, long originNs, Counters counters) throws IOException {
        clock = new LinearFrameClock(originNs, RATE_HZ);
        mixer = new CueMixer(config, RATE_HZ, counters, played);
        file = new WavFile(path, RATE_HZ);
    }

    /** Returns the frame of the file on which a moment falls. */
    public long frameOf(long timeNs) {
        return clock.frameOf(timeNs);
    }

    /** Returns the cues as they are written; unread, it fills up and loses the newest. */
    public SlotRing<PlayedCue> played() {
        return played;
    }

    /** Returns the largest distance between the frame a cue was written on and the one asked for; always 0 here. */
    public int worstErrorFrames() {
        return mixer.worstErrorFrames();
    }

    @Override
    public void onCue(CueCommand command) {
        mixer.apply(command);
    }

    /**
     * Renders what a card would have been given by now. Call with each sample's time after its cues were taken.
     *
     * @param nowNs time of the newest sample, ns
     * @throws IOException if the disk does not take the sound
     */
    public void renderTo(long nowNs) throws IOException {
        renderFrames(clock.frameOf(nowNs) + AHEAD_FRAMES);
    }

    /**
     * Renders to the end of the walk, rounded up to a whole block, and closes the file.
     *
     * @param endNs time of the last sample, ns
     * @throws IOException if the disk does not take the sound
     */
    public void finish(long endNs) throws IOException {
        renderFrames(clock.frameOf(endNs) + BLOCK_FRAMES);
        close();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void renderFrames(long end) throws IOException {
        // Whole blocks only, so that a change of the plan takes effect on a block border whatever the call pattern.
        while (mixer.nextFrame() + BLOCK_FRAMES <= end) {
            mixer.render(block, BLOCK_FRAMES, clock);
            file.write(block, 0, BLOCK_FRAMES);
            mixer.confirmWritten();
        }
    }
}
