package dev.entrain.sim.insole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.protocol.Command;
import dev.entrain.protocol.CommandEncoder;
import dev.entrain.protocol.CommandResult;
import dev.entrain.protocol.DeviceStatus;
import dev.entrain.protocol.EntrainDecoder;
import dev.entrain.protocol.Hello;
import dev.entrain.protocol.MessageSink;
import dev.entrain.protocol.Pong;
import dev.entrain.protocol.Reading;
import dev.entrain.protocol.Reply;
import dev.entrain.protocol.Side;
import dev.entrain.protocol.WireFormat;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.serial.SerialLine;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an emulated insole answers, seen from the other end of its line. */
@Timeout(30)
final class InsoleCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private final List<Hello> hellos = new ArrayList<>();
    private final List<Reply> replies = new ArrayList<>();
    private final List<Pong> pongs = new ArrayList<>();
    private final List<DeviceStatus> statuses = new ArrayList<>();
    private int readings;
    private final MessageSink sink = new MessageSink() {
        @Override
        public void onHello(Hello hello) {
            hellos.add(hello);
        }

        @Override
        public void onReading(Reading reading) {
            readings++;
        }

        @Override
        public void onStatus(DeviceStatus status) {
            statuses.add(status);
        }

        @Override
        public void onPong(Pong pong) {
            pongs.add(pong);
        }

        @Override
        public void onReply(Reply reply) {
            replies.add(reply);
        }
    };

    private static List<ImuSample> walk(int perFoot) {
        List<ImuSample> walk = new ArrayList<>();
        for (int i = 0; i < perFoot; i++) {
            for (Foot foot : Foot.values()) {
                ImuSample s = new ImuSample();
                s.foot = foot;
                s.timeNs = i * 10_000_000L;
                s.seq = i;
                s.azMps2 = 9.81;
                s.gyRadps = 40;
                walk.add(s);
            }
        }
        return walk;
    }

    private final EntrainDecoder decoder = new EntrainDecoder();
    private final byte[] buffer = new byte[4096];

    /** Reads until something holds, 30 reads of 100 ms at most. */
    private void readUntil(SerialLine line, BooleanSupplier holds) {
        for (int i = 0; i < 30 && !holds.getAsBoolean(); i++) {
            int count = line.read(buffer);
            decoder.accept(buffer, 0, Math.max(0, count), NanoClock.SYSTEM.nowNs(), sink);
        }
        assertThat(holds.getAsBoolean()).isTrue();
    }

    @Test
    void shouldAnswerEveryCommand() throws Exception {
        InsoleOptions options = InsoleOptions.in(folder).withLoop(true);
        try (InsoleEmulator insoles = new InsoleEmulator(walk(100), options, NanoClock.SYSTEM)) {
            insoles.start();
            SerialLine line = new SerialLine(insoles.portOf(Foot.RIGHT), 115_200);
            assertThat(line.open()).isNull();
            CommandEncoder encoder = new CommandEncoder();
            byte[] frame = new byte[WireFormat.MAX_FRAME_BYTES];

            line.write(frame, encoder.helloRequest(1, frame, 0));
            readUntil(line, () -> hellos.size() == 1);
            Hello hello = hellos.getFirst();
            assertThat(hello.side()).isEqualTo(Side.RIGHT);
            assertThat(hello.rateHz()).isEqualTo(100);
            // 40 rad/s are over 2000 degrees per second, so the insole says it has the greater range.
            assertThat(Math.round(Math.toDegrees(hello.gyrRangeRadps()))).isEqualTo(4000);
            assertThat(readings).isZero();

            line.write(frame, encoder.setRate(2, 50, frame, 0));
            line.write(frame, encoder.setRate(3, 104, frame, 0));
            line.write(frame, encoder.identify(4, 500, frame, 0));
            line.write(frame, encoder.ping(5, frame, 0));
            line.write(frame, encoder.start(6, frame, 0));
            line.write(frame, encoder.setRate(7, 50, frame, 0));
            readUntil(line, () -> replies.size() == 5 && pongs.size() == 1 && hellos.size() == 2);
            assertThat(replies)
                    .containsExactly(
                            new Reply(2, Command.SET_RATE.code(), CommandResult.BAD_VALUE),
                            new Reply(3, Command.SET_RATE.code(), CommandResult.DONE),
                            new Reply(4, Command.IDENTIFY.code(), CommandResult.DONE),
                            new Reply(6, Command.START.code(), CommandResult.DONE),
                            new Reply(7, Command.SET_RATE.code(), CommandResult.NOT_NOW));
            assertThat(pongs.getFirst().token()).isEqualTo(5);
            readUntil(line, () -> readings > 20 && !statuses.isEmpty());
            assertThat(statuses.getFirst().batteryPercent()).isPositive();

            line.write(frame, encoder.stop(8, frame, 0));
            readUntil(line, () -> replies.size() == 6);
            int before = readings;
            decoder.accept(buffer, 0, Math.max(0, line.read(buffer)), 0, sink);
            assertThat(readings).isEqualTo(before);
            assertThat(insoles.statisticsOf(Foot.RIGHT).commands()).isEqualTo(8);
            line.close();
        }
    }

    @Test
    void shouldDropWhatAHostDoesNotReadInTime() throws Exception {
        InsoleOptions options = InsoleOptions.in(folder).withLoop(true).withBatching(0, 0);
        List<ImuSample> fast = walk(100);
        fast.forEach(s -> s.timeNs /= 50);
        try (InsoleEmulator insoles = new InsoleEmulator(fast, options, NanoClock.SYSTEM)) {
            insoles.start();
            SerialLine line = new SerialLine(insoles.portOf(Foot.LEFT), 921_600);
            assertThat(line.open()).isNull();
            byte[] frame = new byte[WireFormat.MAX_FRAME_BYTES];
            line.write(frame, new CommandEncoder().start(1, frame, 0));
            long endNs = NanoClock.SYSTEM.nowNs() + 10_000_000_000L;
            while (insoles.statisticsOf(Foot.LEFT).samplesOverrun() == 0 && NanoClock.SYSTEM.nowNs() - endNs < 0) {
                Thread.onSpinWait();
            }
            assertThat(insoles.statisticsOf(Foot.LEFT).samplesOverrun()).isPositive();
            line.close();
        }
    }

    @Test
    void shouldSayWhatIsWrongWithItsOrders() throws Exception {
        List<ImuSample> walk = walk(10);
        assertThatThrownBy(() -> new InsoleEmulator(List.of(), InsoleOptions.in(folder), NanoClock.SYSTEM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no samples");
        assertThatThrownBy(() -> InsoleOptions.in(folder).withFaults(1.5, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("loss must be 0 to 1 as a fraction, not 1.5");
        assertThatThrownBy(() -> new Unplug(Foot.LEFT, 1, 0, false)).isInstanceOf(IllegalArgumentException.class);
        try (InsoleEmulator nowhere =
                new InsoleEmulator(walk, InsoleOptions.in(folder.resolve("none")), NanoClock.SYSTEM)) {
            assertThatThrownBy(nowhere::start).isInstanceOf(IOException.class).hasMessageContaining("make it");
        }
    }
}
