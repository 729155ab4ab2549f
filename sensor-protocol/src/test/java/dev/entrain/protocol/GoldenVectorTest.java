package dev.entrain.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java side of the golden vectors; {@link ReferenceFirmwareTest} is the C side. */
class GoldenVectorTest {
    static Stream<GoldenVector> all() {
        return GoldenVector.all().stream();
    }

    static Stream<GoldenVector> encodable() {
        return all().filter(GoldenVector::encodes);
    }

    @Test
    void shouldReadEveryVectorOfTheFile() {
        long names = GoldenVector.text(GoldenVector.FILE)
                .lines()
                .filter(line -> line.startsWith("name: "))
                .count();
        assertThat(GoldenVector.all()).hasSize((int) names).hasSizeGreaterThan(70);
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldDecodeToWhatTheVectorSays(GoldenVector vector) {
        byte[] wire = vector.wire();
        List<String> heard = new ArrayList<>();
        long frames;
        long skipped;
        if (vector.fromHost()) {
            CommandDecoder decoder = new CommandDecoder();
            decoder.accept(wire, 0, wire.length, 0, new WritingCommandSink(heard));
            frames = decoder.frames();
            skipped = decoder.bytesSkipped();
        } else {
            EntrainDecoder decoder = new EntrainDecoder();
            decoder.accept(wire, 0, wire.length, 0, new WritingMessageSink(heard));
            frames = decoder.frames();
            skipped = decoder.bytesSkipped();
        }
        assertThat(heard).isEqualTo(expected(vector));
        boolean dropped = vector.says().equals("DROPPED");
        assertThat(frames).isEqualTo(dropped ? 0 : 1);
        assertThat(skipped).isEqualTo(dropped ? wire.length : 0);
    }

    @ParameterizedTest
    @MethodSource("encodable")
    void shouldEncodeToTheVectorsBytes(GoldenVector vector) {
        byte[] out = new byte[WireFormat.MAX_FRAME_BYTES];
        int length = vector.fromHost() ? encodeCommand(vector, out) : encodeMessage(vector, out);
        assertThat(HexFormat.ofDelimiter(" ").formatHex(out, 0, length)).isEqualTo(vector.hex());
    }

    @Test
    void shouldCountARefusedMajorVersionByItself() {
        GoldenVector vector =
                all().filter(v -> v.name().equals("other-major")).findFirst().orElseThrow();
        EntrainDecoder decoder = new EntrainDecoder();
        byte[] wire = vector.wire();
        decoder.accept(wire, 0, wire.length, 0, new RecordingSink());
        assertThat(decoder.framesOtherMajor()).isEqualTo(1);
        assertThat(decoder.lastOtherMajor()).isEqualTo(2);
        assertThat(decoder.framesBad()).isEqualTo(1);
    }

    private static List<String> expected(GoldenVector v) {
        return switch (v.type()) {
            case "DROPPED", "PASSED_OVER" -> List.of();
            case "HELLO" ->
                List.of("HELLO %s %s %s %s %s %s %s %s"
                        .formatted(
                                v.field("serial"),
                                v.field("side"),
                                WritingMessageSink.bits(v.number("rate_millihz") / 1000.0),
                                WritingMessageSink.bits(v.number("acc_range_millig") * (9.80665 / 1000)),
                                WritingMessageSink.bits(v.number("gyr_range_decidps") * (Math.PI / 1800)),
                                v.field("ticks_per_second"),
                                v.field("pressure_cells"),
                                v.field("firmware")));
            case "SAMPLES" -> expectedReadings(v);
            case "STATUS" ->
                List.of("STATUS %s %x %s %s %s"
                        .formatted(
                                v.field("ticks"),
                                v.number("faults"),
                                v.field("battery_millivolts"),
                                v.field("temperature_centic"),
                                v.field("battery_percent").replace("255", "-1")));
            case "PONG" ->
                List.of("PONG " + v.field("token") + " " + v.field("received_ticks") + " " + v.field("sent_ticks"));
            case "REPLY" -> List.of("REPLY " + v.field("token") + " " + v.field("command") + " " + v.field("result"));
            default -> List.of(v.says());
        };
    }

    private static List<String> expectedReadings(GoldenVector v) {
        List<String> lines = new ArrayList<>();
        double acc = v.number("acc_range_millig") * (9.80665 / 1000) / 32768;
        double gyr = v.number("gyr_range_decidps") * (Math.PI / 1800) / 32768;
        int[][] rows = v.rows();
        for (int k = 0; k < rows.length; k++) {
            long seq = (v.number("seq") + k) % (1L << 32);
            long ticks =
                    (v.number("first_ticks") + k * v.number("interval_parts") / 256) % (1L << v.number("tick_bits"));
            StringBuilder line = new StringBuilder(
                    "READING " + seq + " " + ticks + " " + v.field("tick_bits") + " " + v.field("ticks_per_second"));
            for (int i = 0; i < rows[k].length; i++) {
                double fullCell = v.number("pressure_bits") == 16 ? 65535f : 255f;
                double value = i < 3 ? rows[k][i] * acc : i < 6 ? rows[k][i] * gyr : (float) (rows[k][i] / fullCell);
                line.append(' ').append(WritingMessageSink.bits(value));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static int encodeMessage(GoldenVector v, byte[] out) {
        DeviceEncoder encoder = new DeviceEncoder();
        return switch (v.type()) {
            case "HELLO" ->
                encoder.hello(
                        profile(
                                v,
                                Long.parseUnsignedLong(v.field("serial"), 16),
                                Side.values()[(int) v.number("side")],
                                v.number("rate_millihz"),
                                8,
                                v.field("firmware")),
                        out,
                        0);
            case "SAMPLES" -> {
                DeviceProfile profile = profile(v, 0, Side.UNKNOWN, 1, (int) v.number("pressure_bits"), "");
                SampleBatch batch = new SampleBatch(profile);
                batch.begin((int) v.number("seq"), v.number("first_ticks"), v.number("interval_parts"));
                Arrays.stream(v.rows()).forEach(row -> add(batch, row));
                yield encoder.samples(batch, out, 0);
            }
            case "STATUS" -> {
                long percent = v.number("battery_percent");
                long centiC = v.number("temperature_centic");
                yield encoder.status(
                        new DeviceStatus(
                                percent == 255 ? -1 : (int) percent,
                                (int) v.number("battery_millivolts"),
                                centiC == Short.MIN_VALUE ? Double.NaN : centiC / 100.0,
                                (int) v.number("faults"),
                                v.number("ticks")),
                        out,
                        0);
            }
            case "PONG" -> encoder.pong(v.token(), v.number("received_ticks"), v.number("sent_ticks"), out, 0);
            case "REPLY" ->
                encoder.reply(v.token(), (int) v.number("command"), CommandResult.of((int) v.number("result")), out, 0);
            default -> throw new IllegalArgumentException(v.says());
        };
    }

    private static DeviceProfile profile(
            GoldenVector v, long serial, Side side, long rateMilliHz, int pressureBits, String firmware) {
        return new DeviceProfile(
                serial,
                side,
                rateMilliHz,
                (int) v.number("acc_range_millig"),
                (int) v.number("gyr_range_decidps"),
                v.number("ticks_per_second"),
                (int) v.number("tick_bits"),
                (int) v.number("pressure_cells"),
                pressureBits,
                firmware);
    }

    private static void add(SampleBatch batch, int[] row) {
        batch.addRaw((short) row[0], (short) row[1], (short) row[2], (short) row[3], (short) row[4], (short) row[5]);
        for (int cell = 0; cell < row.length - 6; cell++) {
            batch.setPressureRaw(cell, row[6 + cell]);
        }
    }

    private static int encodeCommand(GoldenVector v, byte[] out) {
        CommandEncoder encoder = new CommandEncoder();
        return switch (Command.valueOf(v.type())) {
            case HELLO_REQUEST -> encoder.helloRequest(v.token(), out, 0);
            case START -> encoder.start(v.token(), out, 0);
            case STOP -> encoder.stop(v.token(), out, 0);
            case SET_RATE -> encoder.setRate(v.token(), v.number("rate_millihz") / 1000.0, out, 0);
            case IDENTIFY -> encoder.identify(v.token(), (int) v.number("duration_ms"), out, 0);
            case PING -> encoder.ping(v.token(), out, 0);
        };
    }
}
