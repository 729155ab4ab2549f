package dev.entrain.sensor.i2c;

import dev.entrain.protocol.DeviceEncoder;
import dev.entrain.protocol.DeviceProfile;
import dev.entrain.protocol.SampleBatch;
import dev.entrain.protocol.Side;
import dev.entrain.protocol.WireFormat;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.ByteLine;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A serial insole that keeps step with a clock moved by hand: its reader reads once each time it is let to. */
final class SteppedLine implements ByteLine {
    private static final long PATIENCE_S = 10;
    private static final DeviceProfile PROFILE =
            new DeviceProfile(7, Side.RIGHT, 200_000, 16_000, 20_000, 1_000_000, 32, 0, 8, "test");

    private final Semaphore go = new Semaphore(0);
    private final Semaphore done = new Semaphore(0);
    private final DeviceEncoder encoder = new DeviceEncoder();
    private final SampleBatch batch = new SampleBatch(PROFILE);
    private final byte[] waiting = new byte[WireFormat.MAX_FRAME_BYTES * 8];
    private int length;
    private int seq;
    private volatile boolean ended;

    /** Sends readings, all in one message, and waits until the reader has taken them in. */
    void step(List<ImuSample> readings) throws InterruptedException {
        if (!readings.isEmpty()) {
            batch.begin(seq, readings.getFirst().timeNs / 1000, 5000 * 256);
            for (ImuSample s : readings) {
                batch.add(s.axMps2, s.ayMps2, s.azMps2, s.gxRadps, s.gyRadps, s.gzRadps);
                seq++;
            }
            length += encoder.samples(batch, waiting, length);
        }
        go.release();
        if (!done.tryAcquire(PATIENCE_S, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the reader does not read");
        }
    }

    /** Waits until the line is opened and read for the first time. */
    void awaitReader() throws InterruptedException {
        if (!done.tryAcquire(PATIENCE_S, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the reader does not open the line");
        }
    }

    void end() {
        ended = true;
        go.release();
    }

    @Override
    public @Nullable String open() {
        length += encoder.hello(PROFILE, waiting, length);
        return null;
    }

    @Override
    public int read(byte[] into) {
        done.release();
        try {
            if (ended || !go.tryAcquire(PATIENCE_S, TimeUnit.SECONDS)) {
                return 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
        int count = length;
        System.arraycopy(waiting, 0, into, 0, count);
        length = 0;
        return count;
    }

    @Override
    public boolean write(byte[] bytes, int count) {
        return true;
    }

    @Override
    public void close() {}
}
