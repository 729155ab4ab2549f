package dev.entrain.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.protocol.CommandDecoder;
import dev.entrain.protocol.CommandSink;
import dev.entrain.protocol.DeviceEncoder;
import dev.entrain.protocol.DeviceProfile;
import dev.entrain.protocol.SampleBatch;
import dev.entrain.protocol.Side;
import dev.entrain.protocol.WireFormat;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.time.NanoClock;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sensor on a line made of a queue. */
@Timeout(20)
final class LineSensorTest {
    private static final class QueueLine implements ByteLine, CommandSink {
        final BlockingQueue<byte[]> incoming = new LinkedBlockingQueue<>();
        final AtomicInteger opens = new AtomicInteger();
        final AtomicInteger starts = new AtomicInteger();
        final AtomicInteger hellos = new AtomicInteger();
        final AtomicInteger stops = new AtomicInteger();
        private final CommandDecoder commands = new CommandDecoder();
        volatile @Nullable String problem;

        @Override
        public @Nullable String open() {
            opens.incrementAndGet();
            return problem;
        }

        @Override
        public int read(byte[] into) {
            try {
                byte[] next = incoming.poll(2, TimeUnit.MILLISECONDS);
                if (next == null) {
                    return 0;
                }
                if (next.length == 0) {
                    return GONE;
                }
                System.arraycopy(next, 0, into, 0, next.length);
                return next.length;
            } catch (InterruptedException e) {
                return GONE;
            }
        }

        @Override
        public boolean write(byte[] bytes, int length) {
            commands.accept(bytes, 0, length, 0, this);
            return true;
        }

        @Override
        public void close() {}

        @Override
        public void onHelloRequest(int token) {
            hellos.incrementAndGet();
        }

        @Override
        public void onStart(int token) {
            starts.incrementAndGet();
        }

        @Override
        public void onStop(int token) {
            stops.incrementAndGet();
        }

        @Override
        public void onSetRate(int token, double rateHz) {}

        @Override
        public void onIdentify(int token, int durationMs) {}

        @Override
        public void onPing(int token, long arrivalNs) {}

        @Override
        public void onUnknown(int token, int commandCode) {}
    }

    private final QueueLine line = new QueueLine();
    private final SlotRing<ImuSample> ring = new SlotRing<>(64, ImuSample::new);
    private final Counters counters = new Counters();
    private final DeviceEncoder encoder = new DeviceEncoder();
    private @Nullable LineSensor sensor;

    private LineSensor start(@Nullable Foot foot) {
        LineSensor made =
                new LineSensor(LineConfig.entrain(Path.of("test"), foot), line, ring, counters, NanoClock.SYSTEM);
        sensor = made;
        made.start();
        return made;
    }

    @AfterEach
    void close() {
        LineSensor running = sensor;
        if (running != null) {
            running.close();
            assertThat(running.state()).isEqualTo(SensorState.CLOSED);
        }
    }

    private static DeviceProfile profile(Side side) {
        return new DeviceProfile(42, side, 200_000, 16_000, 20_000, 1_000_000, 32, 0, 8, "test");
    }

    private void say(Side side) {
        byte[] frame = new byte[WireFormat.MAX_FRAME_BYTES];
        int length = encoder.hello(profile(side), frame, 0);
        line.incoming.add(Arrays.copyOf(frame, length));
    }

    private void send(int seq, int count) {
        SampleBatch batch = new SampleBatch(profile(Side.LEFT));
        batch.begin(seq, seq * 5000L, 5000 * 256);
        for (int i = 0; i < count; i++) {
            batch.add(1, 2, 3, 0.1, 0.2, 0.3);
        }
        byte[] frame = new byte[WireFormat.MAX_FRAME_BYTES];
        int length = encoder.samples(batch, frame, 0);
        line.incoming.add(Arrays.copyOf(frame, length));
    }

    private static void await(BooleanSupplier condition) {
        long endNs = NanoClock.SYSTEM.nowNs() + 5_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(NanoClock.SYSTEM.nowNs() - endNs).isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void shouldAskForHelloAndStartAtEachOpening() {
        LineSensor running = start(null);
        await(() -> line.starts.get() == 1 && line.hellos.get() == 1);
        line.incoming.add(new byte[0]);
        await(() -> line.starts.get() == 2 && line.hellos.get() == 2);
        assertThat(counters.get(Counter.LINE_UP)).isEqualTo(2);
        assertThat(counters.get(Counter.LINE_DOWN)).isEqualTo(1);
        assertThat(running.state()).isEqualTo(SensorState.SILENT);
    }

    @Test
    void shouldAskAgainWhenTheInsoleIsSilentForItMayHaveRestarted() {
        start(Foot.LEFT);
        await(() -> line.starts.get() >= 3);
        assertThat(counters.get(Counter.LINE_UP)).isEqualTo(1);
    }

    @Test
    void shouldStartAnInsoleThatGreetsUnasked() {
        start(Foot.LEFT);
        await(() -> line.hellos.get() == 1);
        int before = line.starts.get();
        say(Side.LEFT);
        say(Side.LEFT);
        await(() -> line.starts.get() == before + 1);
        assertThat(counters.get(Counter.LINE_UP)).isEqualTo(1);
    }

    @Test
    void shouldStopTheInsoleWhenClosed() {
        LineSensor running = start(null);
        await(() -> line.starts.get() == 1);
        running.close();
        assertThat(line.stops).hasValue(1);
    }

    @Test
    void shouldTakeTheFootFromTheHello() {
        LineSensor running = start(null);
        send(0, 4);
        await(() -> running.state() == SensorState.FOOT_UNKNOWN);
        assertThat(ring.size()).isZero();
        say(Side.RIGHT);
        send(4, 4);
        await(() -> ring.size() == 4);
        ImuSample first = Objects.requireNonNull(ring.peek());
        assertThat(first.foot).isEqualTo(Foot.RIGHT);
        assertThat(first.seq).isEqualTo(4);
        assertThat(running.state()).isEqualTo(SensorState.FLOWING);
    }

    @Test
    void shouldStayWithoutFootWhenNobodyKnowsIt() {
        LineSensor running = start(null);
        say(Side.UNKNOWN);
        send(0, 4);
        await(() -> running.state() == SensorState.FOOT_UNKNOWN);
        assertThat(ring.size()).isZero();
    }

    @Test
    void shouldCountEachMissingReadingOnceAndNoneForARestart() {
        start(Foot.LEFT);
        say(Side.LEFT);
        send(10, 4);
        send(20, 4);
        send(20, 4);
        send(0, 4);
        await(() -> counters.get(Counter.FRAMES) == 5);
        assertThat(counters.get(Counter.SAMPLES_LOST)).isEqualTo(6);
    }

    @Test
    void shouldRefuseAndCountWhenTheRingIsFull() {
        start(Foot.LEFT);
        say(Side.LEFT);
        for (int i = 0; i < 10; i++) {
            send(i * 10, 10);
        }
        await(() -> counters.get(Counter.FRAMES) == 11);
        assertThat(ring.size()).isEqualTo(64);
        assertThat(counters.get(Counter.SAMPLES_REFUSED)).isEqualTo(36);
    }

    @Test
    void shouldHoldBackReadingsOfTheOtherFootFromTheFirstOn() {
        LineSensor running = start(Foot.LEFT);
        send(0, 4);
        await(() -> running.state() == SensorState.FOOT_UNKNOWN);
        say(Side.RIGHT);
        send(4, 4);
        await(() -> running.state() == SensorState.WRONG_FOOT);
        assertThat(ring.size()).isZero();
        say(Side.LEFT);
        send(8, 4);
        await(() -> ring.size() == 4);
        assertThat(running.state()).isEqualTo(SensorState.FLOWING);
    }

    @Test
    void shouldReadAWitMotionSensorWithoutAskingItAnything() {
        LineSensor running = new LineSensor(
                new LineConfig(Dialect.WITMOTION, Path.of("wit"), Foot.RIGHT, 115_200, 200),
                line,
                ring,
                counters,
                NanoClock.SYSTEM);
        sensor = running;
        running.start();
        byte[] cycle = HexFormat.of().parseHex("5551000800fcff7fe30914" + "55520040ffff0080000065");
        for (int i = 0; i < 5; i++) {
            line.incoming.add(cycle);
        }
        await(() -> running.state() == SensorState.FLOWING && ring.size() == 4);
        ImuSample first = Objects.requireNonNull(ring.peek());
        assertThat(first.foot).isEqualTo(Foot.RIGHT);
        assertThat(first.axMps2).isEqualTo(9.80665);
        assertThat(line.starts).hasValue(0);
    }

    @Test
    void shouldGoOnTryingALineThatCannotBeOpened() {
        line.problem = "no";
        LineSensor running = start(null);
        await(() -> line.opens.get() >= 3);
        assertThat(running.state()).isEqualTo(SensorState.ABSENT);
        line.problem = null;
        await(() -> running.state() == SensorState.SILENT);
    }

    @Test
    void shouldRefuseAConfigurationThatCannotWork() {
        assertThatThrownBy(() -> new LineConfig(Dialect.WITMOTION, Path.of("/dev/x"), null, 115_200, 200))
                .hasMessageContaining("set the foot of /dev/x");
        assertThatThrownBy(() -> new LineConfig(Dialect.ENTRAIN, Path.of("/dev/x"), null, 9600, 0))
                .hasMessageContaining("115200 to 921600");
        assertThatThrownBy(() -> new LineConfig(Dialect.WITMOTION, Path.of("/dev/x"), Foot.LEFT, 115_200, 0))
                .hasMessageContaining("output rate of /dev/x");
    }
}
