package dev.entrain.audio.wav;

import dev.entrain.audio.AudioOutput;
import dev.entrain.audio.CardStatus;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * A WAV file that takes sound at the pace of the monotonic clock, with the period and buffer of a card, for a host without
 * one. It has no underrun: when the writer was held up, the frames it owes are asked for at once, and a cue on them that
 * was already planned still lands on its frame. Frame n of the file is heard, so to say, n / 48000 s after the start.
 */
public final class WavOutput implements AudioOutput {
    private static final int RATE_HZ = 48_000;
    private static final int PERIOD_FRAMES = 256;
    private static final int BUFFER_FRAMES = 2048;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final long NS_PER_MS = 1_000_000L;

    private final Path path;
    private final WavFile file;
    private final NanoClock time;
    private long startNs;
    private long written;
    private String failure = "";

    /**
     * Takes a new file.
     *
     * @param path its name, for messages
     * @param file the file, closed with this output
     * @param time CLOCK_MONOTONIC
     */
    WavOutput(Path path, WavFile file, NanoClock time) {
        this.path = path;
        this.file = file;
        this.time = time;
    }

    /** Frames per second of every WAV output. */
    static int rate() {
        return RATE_HZ;
    }

    @Override
    public int rateHz() {
        return RATE_HZ;
    }

    @Override
    public int bits() {
        return Short.SIZE;
    }

    @Override
    public int periodFrames() {
        return PERIOD_FRAMES;
    }

    @Override
    public int bufferFrames() {
        return BUFFER_FRAMES;
    }

    @Override
    public String describe() {
        return "WAV file '" + path + "' (48000 Hz, 16 bit, paced by the monotonic clock)";
    }

    @Override
    public String failure() {
        return failure;
    }

    @Override
    public boolean start() {
        startNs = time.nowNs();
        return failure.isEmpty();
    }

    @Override
    public Event await(CardStatus status, int timeoutMs) {
        long nowNs = time.nowNs();
        long deadlineNs = nowNs + timeoutMs * NS_PER_MS;
        // The position moves in whole periods, so that every report lies exactly on the line frame = time * rate.
        long roomNs = timeNsOf(nextReport());
        while (roomNs - nowNs > 0 && deadlineNs - nowNs > 0) {
            LockSupport.parkNanos(Math.min(roomNs, deadlineNs) - nowNs);
            nowNs = time.nowNs();
        }
        if (!failure.isEmpty()) {
            return Event.FAILED;
        }
        if (roomNs - nowNs > 0) {
            return Event.TIMEOUT;
        }
        long position = (nowNs - startNs) / NS_PER_MS * (RATE_HZ / 1000);
        position = Math.max(nextReport(), position - position % PERIOD_FRAMES);
        status.timeNs = timeNsOf(position);
        status.delayFrames = written - position;
        status.roomFrames = (int) Math.min(BUFFER_FRAMES, BUFFER_FRAMES - written + position);
        return Event.READY;
    }

    @Override
    public int write(float[] stereo, int fromFrame, int frames) {
        if (!failure.isEmpty()) {
            return 0;
        }
        try {
            file.write(stereo, fromFrame, frames);
        } catch (IOException e) {
            failure = "The sound file '" + path + "' takes no more (" + e.getMessage()
                    + "). Free some disk space; sound goes on in a further file.";
            return 0;
        }
        written += frames;
        return frames;
    }

    @Override
    public boolean recover() {
        return false; // Never asked for: a file has no underrun.
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            failure = e.getMessage() == null ? "cannot be closed" : e.getMessage();
        }
    }

    /** Returns the position at which a period has room. */
    private long nextReport() {
        return written - BUFFER_FRAMES + PERIOD_FRAMES;
    }

    private long timeNsOf(long frame) {
        long seconds = Math.floorDiv(frame, RATE_HZ);
        return startNs + seconds * NS_PER_S + Math.floorMod(frame, RATE_HZ) * NS_PER_S / RATE_HZ;
    }
}
