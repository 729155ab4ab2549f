package dev.entrain.agent;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.recording.RecordingWriter;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** The body of the recorder thread: writes samples to a file. A full disk ends the recording, never the walk. */
final class RecorderLoop implements Runnable {
    private static final long PAUSE_NS = 50_000_000L;
    private static final int ROUNDS_PER_FLUSH = 20;

    private final SlotRing<ImuSample> samples;
    private final @Nullable RecordingWriter writer;
    private final @Nullable RawWalk raw;
    private final Counters counters;
    private volatile boolean stopping;
    private long written;

    /**
     * Makes the loop.
     *
     * @param writer the recording that was asked for; null for none
     * @param raw what is kept beside the journal; null for nothing
     */
    RecorderLoop(
            SlotRing<ImuSample> samples, @Nullable RecordingWriter writer, @Nullable RawWalk raw, Counters counters) {
        this.counters = counters;
        this.samples = samples;
        this.writer = writer;
        this.raw = raw;
    }

    @Override
    public void run() {
        try (raw;
                writer) {
            for (int round = 1; !stopping; round++) {
                drain();
                if (writer != null && round % ROUNDS_PER_FLUSH == 0) {
                    writer.flush();
                }
                LockSupport.parkNanos(this, PAUSE_NS);
            }
            drain();
            long missing = counters.get(Counter.RECORDING_REFUSED);
            if (missing > 0) {
                Logger.warn("The recording lacks {} samples: the disk was too slow. Record to a faster one.", missing);
            }
        } catch (IOException e) {
            Logger.error("The recording ended after {} samples: {}. The walk goes on; free some space.", written, e);
        }
    }

    /** Any thread: asks the loop to write what is left and end. */
    void stop() {
        stopping = true;
    }

    private void drain() throws IOException {
        ImuSample sample = samples.peek();
        while (sample != null) {
            if (raw != null) {
                raw.take(sample);
            }
            if (writer != null) {
                writer.write(sample);
                written++;
            }
            samples.release();
            sample = samples.peek();
        }
    }
}
