package dev.entrain.audio.music.soundtouch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.entrain.audio.music.Stretcher;
import dev.entrain.music.MusicException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One instance of SoundTouch: sequence 20 ms, seek window 5 ms, overlap 5 ms, no pitch, no filter. So short sequences keep
 * beats within a few ms of where they belong; they would roughen slow deep notes at large stretches, which are not used.
 *
 * <p>Where a step lies in the song: SoundTouch cuts sequences out of its input, each begins anywhere in the seek window, in
 * the mean in its middle, and fades into the one before over the overlap. After each step it drops {@code tempo x step}
 * frames of input, so input given minus input still held is where the next sequence is looked for, to the frame.
 */
final class SoundTouchStretcher implements Stretcher {
    private static final int SEQUENCE_MS = 20;
    private static final int SEEK_MS = 5;
    private static final int OVERLAP_MS = 5;
    private static final int PROBE = 64;

    private final SoundTouch library;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment in;
    private final MemorySegment out;
    private final MemorySegment instance;
    private final int step;
    private final int overlap;
    private final int seek;
    private final int behind;
    private boolean open = true;
    private long given;
    private long received;
    private long used;

    SoundTouchStretcher(SoundTouch library, int rateHz) throws MusicException {
        this.library = library;
        in = arena.allocate(JAVA_FLOAT, MOST_PUT);
        out = arena.allocate(JAVA_FLOAT, MOST_READY);
        int sequence = rateHz * SEQUENCE_MS / 1000;
        // As SoundTouch does, in multiples of 8 frames.
        overlap = Math.max(16, rateHz * OVERLAP_MS / 1000) / 8 * 8;
        seek = rateHz * SEEK_MS / 1000;
        step = Math.max(sequence, 2 * overlap) - overlap;
        try {
            instance = (MemorySegment) library.create.invokeExact();
            set(SoundTouch.USE_AA_FILTER, 0);
            set(SoundTouch.USE_QUICKSEEK, 0);
            set(SoundTouch.SEQUENCE_MS, SEQUENCE_MS);
            set(SoundTouch.SEEKWINDOW_MS, SEEK_MS);
            set(SoundTouch.OVERLAP_MS, OVERLAP_MS);
            int ignored = (int) library.setSampleRate.invokeExact(instance, rateHz)
                    + (int) library.setChannels.invokeExact(instance, 1);
            library.setTempo.invokeExact(instance, 1f);
        } catch (Throwable e) {
            throw SoundTouch.fault(e);
        }
        // Its first stage, for other pitches, holds a few frames back for good.
        put(new float[PROBE], PROBE);
        behind = PROBE - waiting();
        clear();
    }

    @Override
    public void tempo(double ratio) {
        try {
            library.setTempo.invokeExact(instance, (float) ratio);
        } catch (Throwable e) {
            throw SoundTouch.fault(e);
        }
    }

    @Override
    public void put(float[] mono, int frames) {
        MemorySegment.copy(mono, 0, in, JAVA_FLOAT, 0, frames);
        try {
            int ignored = (int) library.put.invokeExact(instance, in, frames);
        } catch (Throwable e) {
            throw SoundTouch.fault(e);
        }
        given += frames;
        used = given - behind - waiting();
    }

    @Override
    public int take(float[] to, int from) {
        int frames;
        try {
            frames = (int) library.receive.invokeExact(instance, out, Math.min(MOST_READY, to.length - from));
        } catch (Throwable e) {
            throw SoundTouch.fault(e);
        }
        MemorySegment.copy(out, JAVA_FLOAT, 0, to, from, frames);
        received += frames;
        return frames;
    }

    @Override
    public double nextMiddleIn() {
        // The first sequence is its input as it comes, without anything to fade from.
        return received == 0 ? (step - overlap) / 2.0 : used + seek / 2.0 + (overlap + step) / 2.0;
    }

    @Override
    public double nextMiddleOut() {
        return received == 0 ? (step - overlap) / 2.0 : received + (overlap + step) / 2.0;
    }

    @Override
    public int stepFrames() {
        return step;
    }

    @Override
    public void clear() {
        try {
            library.clear.invokeExact(instance);
        } catch (Throwable e) {
            throw SoundTouch.fault(e);
        }
        given = 0;
        received = 0;
        used = 0;
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        try {
            library.destroy.invokeExact(instance);
        } catch (Throwable e) {
            throw SoundTouch.fault(e);
        }
        arena.close();
    }

    private void set(int setting, int value) throws Throwable {
        int ignored = (int) library.setSetting.invokeExact(instance, setting, value);
    }

    private int waiting() {
        try {
            return (int) library.unprocessed.invokeExact(instance);
        } catch (Throwable e) {
            throw SoundTouch.fault(e);
        }
    }
}
