package dev.entrain.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The path of samples leaves nothing for the garbage collector, at either end of the line. */
class AllocationTest {
    private static final int FRAMES = 2_000;
    private static final int WARM_UP_PASSES = 100;
    private static final int WARM_UP_CALLS = 10;
    private static final int MEASURED_PASSES = 50;
    private static final int ROUNDS = 3;
    private static final DeviceProfile PROFILE =
            new DeviceProfile(1, Side.LEFT, 200_000, 16_000, 20_000, 1_000_000, 32, 8, 16, "");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final byte[] stream = new byte[FRAMES * WireFormat.MAX_FRAME_BYTES];
    private final SampleBatch batch = new SampleBatch(PROFILE);
    private final DeviceEncoder encoder = new DeviceEncoder();
    private final EntrainDecoder decoder = new EntrainDecoder();
    private final SummingSink sink = new SummingSink();

    @Test
    void shouldAllocateNothingPerSample() {
        // Several calls, not one long one: the machine also has to compile the method that measures.
        long warm = 0;
        for (int call = 0; call < WARM_UP_CALLS; call++) {
            warm += bytesAllocatedBy(WARM_UP_PASSES / WARM_UP_CALLS);
        }
        assertThat(warm).isNotNegative();
        sink.readings = 0;

        // The least of some rounds: the virtual machine now and then allocates once by itself when it recompiles, but
        // what the code allocates it allocates in every round.
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            bytes = Math.min(bytes, bytesAllocatedBy(MEASURED_PASSES));
        }

        assertThat(sink.sum).isFinite();
        assertThat(sink.readings).isEqualTo(ROUNDS * MEASURED_PASSES * FRAMES * 4L);
        assertThat(bytes)
                .as("bytes allocated in " + sink.readings + " readings")
                .isZero();
        assertThat(decoder.framesBad()).as("damaged frames were among them").isPositive();
    }

    private long bytesAllocatedBy(int passes) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int pass = 0; pass < passes; pass++) {
            int length = encode(pass);
            decoder.accept(stream, 0, length, pass, sink);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private int encode(int pass) {
        int length = 0;
        for (int frame = 0; frame < FRAMES; frame++) {
            int seq = (pass * FRAMES + frame) * 4;
            batch.begin(seq, seq * 5_000L, 1_280_000);
            for (int k = 0; k < 4; k++) {
                batch.add(frame * 0.01, k, -9.81, pass, -k, 0.5);
                batch.setPressure(k, 0.25 * k);
            }
            length += encoder.samples(batch, stream, length);
        }
        stream[length++] = 0x33; // a damaged frame in between must not allocate either
        stream[length++] = 0x44;
        stream[length++] = 0;
        return length;
    }

    private static final class SummingSink implements MessageSink {
        long readings;
        double sum;

        @Override
        public void onReading(Reading reading) {
            readings++;
            sum += reading.axMps2 + reading.gzRadps + reading.pressure[1];
        }

        @Override
        public void onHello(Hello hello) {
            throw new AssertionError(hello);
        }

        @Override
        public void onStatus(DeviceStatus status) {
            throw new AssertionError(status);
        }

        @Override
        public void onPong(Pong pong) {
            throw new AssertionError(pong);
        }
    }
}
