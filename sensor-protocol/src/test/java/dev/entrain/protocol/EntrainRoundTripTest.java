package dev.entrain.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one end writes, the other reads. */
class EntrainRoundTripTest {
    private static final DeviceProfile PROFILE = new DeviceProfile(
            0x0123_4567_89ab_cdefL, Side.RIGHT, 200_000, 16_000, 20_000, 1_000_000, 32, 4, 16, "fw 1.2");

    private final byte[] line = new byte[WireFormat.MAX_FRAME_BYTES];
    private final DeviceEncoder device = new DeviceEncoder();
    private final CommandEncoder host = new CommandEncoder();
    private final RecordingSink sink = new RecordingSink();
    private final EntrainDecoder decoder = new EntrainDecoder();

    @Test
    void shouldTellWhoTheInsoleIs() {
        deliver(device.hello(PROFILE, line, 0));

        Hello hello = sink.hellos.getFirst();
        assertThat(hello.serialNumber()).isEqualTo("0123456789abcdef");
        assertThat(hello.protocolVersion()).isEqualTo(1);
        assertThat(hello.side()).isEqualTo(Side.RIGHT);
        assertThat(hello.rateHz()).isEqualTo(200.0);
        assertThat(hello.accRangeMps2()).isCloseTo(156.9064, within(1e-9));
        assertThat(hello.gyrRangeRadps()).isCloseTo(Math.toRadians(2000), within(1e-9));
        assertThat(hello.ticksPerSecond()).isEqualTo(1e6);
        assertThat(hello.pressureCells()).isEqualTo(4);
        assertThat(hello.firmware()).isEqualTo("fw 1.2");
    }

    @Test
    void shouldExpandABatchIntoReadingsWithTheirOwnTicks() {
        SampleBatch batch = new SampleBatch(PROFILE);
        batch.begin(-1, 0xffff_ffffL - 4_999, PROFILE.intervalParts());
        batch.add(1, -2, 9.81, 0.5, -0.25, 30);
        batch.setPressure(3, 0.5);
        batch.add(1000, -1000, Double.NaN, 0, 0, 0);

        deliver(device.samples(batch, line, 0));

        assertThat(sink.readings).hasSize(2);
        Reading first = sink.readings.get(0);
        Reading second = sink.readings.get(1);
        assertThat(first.seq).isEqualTo(-1);
        assertThat(second.seq).isZero();
        assertThat(first.deviceTicks).isEqualTo(0xffff_ffffL - 4_999);
        assertThat(second.deviceTicks).as("32-bit counter wraps").isZero();
        assertThat(first.azMps2).isCloseTo(9.81, within(0.0024));
        assertThat(first.gxRadps).isCloseTo(0.5, within(0.0006));
        assertThat(first.pressure[3]).isCloseTo(0.5f, within(1e-4f));
        assertThat(second.pressure[3]).isZero();
        assertThat(second.axMps2).as("cut at the range").isCloseTo(156.9064, within(0.005));
        assertThat(second.azMps2).isZero();
        assertThat(second.arrivalNs).isEqualTo(42);
    }

    @Test
    void shouldKeepStatusPongAndReply() {
        DeviceStatus status = new DeviceStatus(87, 3_912, -12.34, 0x12, 123_456);
        deliver(device.status(status, line, 0));
        deliver(device.status(new DeviceStatus(-1, 0, Double.NaN, 0, 0), line, 0));
        deliver(device.pong(-7, 10, 20, line, 0));
        deliver(device.reply(9, Command.SET_RATE.code(), CommandResult.NOT_NOW, line, 0));

        assertThat(sink.statuses).containsExactly(status, new DeviceStatus(-1, 0, Double.NaN, 0, 0));
        assertThat(sink.pongs).containsExactly(new Pong(-7, 10, 20, 42));
        assertThat(sink.replies).containsExactly(new Reply(9, 0x84, CommandResult.NOT_NOW));
        assertThat(decoder.frames()).isEqualTo(4);
        assertThat(decoder.bytesSkipped()).isZero();
    }

    @Test
    void shouldUnderstandEveryCommand() {
        List<String> heard = new ArrayList<>();
        CommandDecoder commands = new CommandDecoder();
        int length = host.helloRequest(1, line, 0);
        commands.accept(line, 0, length, 7, new WritingCommandSink(heard));
        length = host.start(2, line, 0);
        commands.accept(line, 0, length, 7, new WritingCommandSink(heard));
        length = host.stop(3, line, 0);
        commands.accept(line, 0, length, 7, new WritingCommandSink(heard));
        length = host.setRate(4, 104.167, line, 0);
        commands.accept(line, 0, length, 7, new WritingCommandSink(heard));
        length = host.identify(5, 3000, line, 0);
        commands.accept(line, 0, length, 7, new WritingCommandSink(heard));
        length = host.ping(6, line, 0);
        commands.accept(line, 0, length, 7, new WritingCommandSink(heard));

        assertThat(heard)
                .containsExactly(
                        "HELLO_REQUEST token=1",
                        "START token=2",
                        "STOP token=3",
                        "SET_RATE token=4 rate_millihz=104167",
                        "IDENTIFY token=5 duration_ms=3000",
                        "PING token=6");
        assertThat(commands.frames()).isEqualTo(6);
    }

    @Test
    void shouldRefuseToWriteWhatTheLineCannotSay() {
        assertThatThrownBy(() -> host.setRate(1, 0, line, 0)).hasMessageContaining("rate");
        assertThatThrownBy(() -> device.samples(new SampleBatch(PROFILE), line, 0))
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> device.hello(PROFILE, new byte[10], 0)).hasMessageContaining("no room");
        assertThatThrownBy(() -> PROFILE.withRateMilliHz(0)).hasMessageContaining("rateMilliHz");
    }

    @Test
    void shouldNameWhatATechnicianReads() {
        assertThat(DeviceFault.namesOf(DeviceFault.BATTERY_LOW.mask() | 1 << 31))
                .containsExactly("BATTERY_LOW", "BIT_31");
        assertThat(Command.nameOf(0x84)).isEqualTo("SET_RATE");
        assertThat(Command.nameOf(0xc0)).isEqualTo("0xc0");
        assertThat(CommandResult.of(77)).isEqualTo(CommandResult.REFUSED);
        assertThat(new Reply(1, 0x82, CommandResult.BATTERY_LOW).done()).isFalse();
        assertThat(CommandResult.BATTERY_LOW.meaning()).contains("charge");
    }

    private void deliver(int length) {
        decoder.accept(line, 0, length, 42, sink);
    }
}
