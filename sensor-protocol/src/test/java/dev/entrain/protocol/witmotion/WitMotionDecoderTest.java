package dev.entrain.protocol.witmotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.protocol.DeviceStatus;
import dev.entrain.protocol.Hello;
import dev.entrain.protocol.MessageSink;
import dev.entrain.protocol.Pong;
import dev.entrain.protocol.Reading;
import dev.entrain.protocol.Side;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WitMotionDecoderTest {
    /** 22 November 2026, 13:45:07.250; sums by hand: 55+50+1a+0b+16+0d+2d+07+fa+00 = 21b. */
    private static final String TIME = "55501a0b160d2d07fa001b";

    /** ax 2048 = 1 g, ay -1024 = -0.5 g, az 32767, 25.31 C = 2531 = 09e3; sum 55+51+08+fc+ff+7f+e3+09 = 414. */
    private static final String ACCELERATION = "55510008" + "00fc" + "ff7f" + "e309" + "14";

    /** gx 16384 = 1000 deg/s, gy -1 = -0.061 deg/s, gz -32768 = -2000 deg/s; sum 55+52+40+ff+ff+80 = 365. */
    private static final String ANGULAR_RATE = "55520040" + "ffff" + "0080" + "0000" + "65";

    /** Roll 90, pitch 0, yaw -90 degrees; sum 55+53+40+c0 = 1a8. */
    private static final String ANGLE = "55530040" + "0000" + "00c0" + "0000" + "a8";

    private static final long TIME_MS = ChronoUnit.MILLIS.between(
            LocalDateTime.of(2000, 1, 1, 0, 0), LocalDateTime.of(2026, 11, 22, 13, 45, 7, 250_000_000));

    private record Kept(
            int seq, long ticks, int tickBits, double ticksPerSecond, long arrivalNs, double ax, double gz) {}

    private static final class Sink implements MessageSink {
        final List<Hello> hellos = new ArrayList<>();
        final List<Kept> readings = new ArrayList<>();
        final List<DeviceStatus> statuses = new ArrayList<>();
        double[] last = new double[6];

        @Override
        public void onHello(Hello hello) {
            hellos.add(hello);
        }

        @Override
        public void onReading(Reading r) {
            readings.add(
                    new Kept(r.seq, r.deviceTicks, r.tickBits, r.ticksPerSecond, r.arrivalNs, r.axMps2, r.gzRadps));
            last = new double[] {r.axMps2, r.ayMps2, r.azMps2, r.gxRadps, r.gyRadps, r.gzRadps};
        }

        @Override
        public void onStatus(DeviceStatus status) {
            statuses.add(status);
        }

        @Override
        public void onPong(Pong pong) {
            throw new AssertionError("the dialect has no pong");
        }
    }

    private final WitMotionDecoder decoder = new WitMotionDecoder(200);
    private final Sink sink = new Sink();

    private void feed(byte[] bytes) {
        decoder.accept(bytes, 0, bytes.length, 7, sink);
    }

    private void feed(String hex) {
        feed(HexFormat.of().parseHex(hex));
    }

    private static byte[] frame(int type, int... words) {
        byte[] frame = new byte[11];
        frame[0] = 0x55;
        frame[1] = (byte) type;
        for (int i = 0; i < words.length; i++) {
            frame[2 + 2 * i] = (byte) words[i];
            frame[3 + 2 * i] = (byte) (words[i] >> 8);
        }
        for (int i = 0; i < 10; i++) {
            frame[10] += frame[i];
        }
        return frame;
    }

    /** Cycle number i of a sensor at 200 Hz that has counted milliseconds since some midnight. */
    private static byte[] cycle(int i, boolean timed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (timed) {
            int ms = i * 5;
            out.writeBytes(frame(0x50, 0x0b1a, 16 << 8 | 22, ms / 1000 % 60 << 8 | ms / 60_000, ms % 1000));
        }
        out.writeBytes(frame(0x51, i, -i, 2048, 2500));
        out.writeBytes(frame(0x52, 3 * i, 7, -i, 0));
        return out.toByteArray();
    }

    private static byte[] cycles(int count, boolean timed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            out.writeBytes(cycle(i, timed));
        }
        return out.toByteArray();
    }

    @Test
    void shouldDecodeTheDocumentedFormulas() {
        feed(TIME + ACCELERATION + ANGULAR_RATE + ANGLE);

        assertThat(sink.readings).hasSize(1);
        assertThat(sink.last[0]).isCloseTo(9.80665, within(1e-9));
        assertThat(sink.last[1]).isCloseTo(-4.903325, within(1e-9));
        assertThat(sink.last[2]).isCloseTo(16 * 9.80665 * 32767 / 32768, within(1e-9));
        assertThat(sink.last[3]).isCloseTo(Math.toRadians(1000), within(1e-9));
        assertThat(sink.last[4]).isCloseTo(-Math.toRadians(2000.0 / 32768), within(1e-9));
        assertThat(sink.last[5]).isCloseTo(-Math.toRadians(2000), within(1e-9));
        Kept reading = sink.readings.getFirst();
        assertThat(reading.ticks()).isEqualTo(TIME_MS);
        assertThat(reading.tickBits()).isEqualTo(48);
        assertThat(reading.ticksPerSecond()).isEqualTo(1000);
        assertThat(reading.arrivalNs()).isEqualTo(7);
        assertThat(decoder.frames()).isEqualTo(4);
    }

    @Test
    void shouldGreetOncePerLineAndTellTheTemperatureOnceASecond() {
        feed(TIME + ANGLE);
        for (int i = 0; i < 400; i++) {
            feed(TIME + ACCELERATION + ANGULAR_RATE + ANGLE);
        }

        assertThat(sink.hellos)
                .containsExactly(new Hello(
                        0,
                        "witmotion",
                        Side.UNKNOWN,
                        200,
                        WitMotionDecoder.ACC_RANGE_MPS2,
                        WitMotionDecoder.GYR_RANGE_RADPS,
                        1000,
                        0,
                        ""));
        assertThat(sink.statuses).hasSize(2).allMatch(status -> status.temperatureC() == 25.31);
        decoder.reset();
        feed(TIME + ACCELERATION + ANGULAR_RATE);
        assertThat(sink.hellos).hasSize(2);
    }

    @Test
    void shouldCountReadingsAsTicksWhenTheSensorSendsNoTime() {
        feed(cycles(10, false));

        assertThat(sink.readings)
                .hasSize(9)
                .extracting(Kept::ticks)
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(sink.readings).allMatch(r -> r.tickBits() == 32 && r.ticksPerSecond() == 200);
    }

    @Test
    void shouldNotTakeTheSensorForTimelessWhenItIsFirstHeardMidCycle() {
        byte[] bytes = cycles(10, true);
        decoder.accept(bytes, 15, bytes.length - 15, 7, sink);

        assertThat(sink.readings).hasSize(9).allMatch(r -> r.ticksPerSecond() == 1000);
    }

    @Test
    void shouldDropOneReadingForOneDamagedFrameAndNumberTheGap() {
        for (boolean timed : new boolean[] {true, false}) {
            WitMotionDecoder fresh = new WitMotionDecoder(200);
            Sink kept = new Sink();
            byte[] bytes = cycles(40, timed);
            int cycleBytes = bytes.length / 40;
            bytes[20 * cycleBytes + cycleBytes - 6] ^= 0x10;
            fresh.accept(bytes, 0, bytes.length, 7, kept);

            int first = timed ? 0 : 1;
            assertThat(kept.readings).hasSize(39 - first);
            assertThat(kept.readings.getLast().seq()).isEqualTo(39 - first);
            assertThat(fresh.framesBad()).isEqualTo(1);
            assertThat(fresh.bytesSkipped()).isEqualTo(11);
        }
    }

    @Test
    void shouldTellLostReadingsByTheSensorsClock() {
        for (int i = 0; i < 50; i++) {
            if (i < 20 || i >= 27) {
                feed(cycle(i, true));
            }
        }

        assertThat(sink.readings).hasSize(43);
        assertThat(sink.readings.get(20).seq()).isEqualTo(27);
        assertThat(decoder.framesBad()).isZero();
    }

    @Test
    void shouldNotBelieveASingleFrameAfterALoss() {
        feed(cycles(5, false));
        int before = sink.readings.size();
        feed("00" + ACCELERATION + ANGULAR_RATE + "00" + ACCELERATION + ANGULAR_RATE + "00");

        assertThat(sink.readings).hasSize(before);
        assertThat(decoder.framesBad()).isEqualTo(1);
    }

    @Test
    void shouldNotLockOntoAFrameThatRepeatsItself() {
        feed(ACCELERATION.repeat(100));

        assertThat(sink.readings).isEmpty();
        assertThat(decoder.frames()).isZero();
    }

    @Test
    void shouldResynchroniseWithoutLosingAGoodFrameAfterNoise() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            feed(noise);
            int before = sink.readings.size();
            feed(cycles(10, true));
            feed(frame(0x53, 1, 2, 3, 4));
            // Noise may end in what looks like the start of a frame, which costs the frames it overlaps, never a lie.
            assertThat(sink.readings.size() - before).isBetween(9, 10);
        }
        assertThat(sink.readings).allMatch(r -> Math.abs(r.ax()) < 10 * WitMotionDecoder.ACC_RANGE_MPS2 / 32768);
    }

    @Test
    void shouldSurviveAnyBytesAndAcceptAlmostNothingOfThem() {
        Random random = new Random(6);
        byte[] noise = new byte[4096];
        for (int i = 0; i < 512; i++) {
            random.nextBytes(noise);
            for (int k = 0; k < noise.length; k++) {
                // Many headers and types, so that the checks behind them are worked.
                int pick = random.nextInt(8);
                noise[k] = pick == 0 ? 0x55 : pick == 1 ? (byte) (0x50 + random.nextInt(4)) : noise[k];
            }
            feed(noise);
        }

        assertThat(decoder.frames()).isLessThan(10);
        assertThat(decoder.bytesSkipped() + 11 * decoder.frames()).isBetween(512L * 4096 - 33, 512L * 4096);
    }

    @Test
    void shouldReadTheSameFromAnyCutting() {
        byte[] bytes = cycles(60, true);
        feed(bytes);
        Sink cut = new Sink();
        WitMotionDecoder other = new WitMotionDecoder(200);
        Random random = new Random(7);
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, random.nextInt(5));
            other.accept(bytes, at, length, 7, cut);
            at += length;
        }

        assertThat(cut.readings).isEqualTo(sink.readings);
    }

    @Test
    void shouldRefuseImpossibleTimes() {
        feed(cycles(3, true));
        long before = decoder.framesBad();
        feed(frame(0x50, 0x0b1a, 25 << 8 | 22, 0, 0));
        feed(frame(0x51, 1, 1, 1, 1));

        assertThat(decoder.framesBad()).isEqualTo(before + 1);
        assertThatThrownBy(() -> new WitMotionDecoder(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldCountDaysLikeTheCalendar() {
        LocalDateTime origin = LocalDateTime.of(2000, 1, 1, 0, 0);
        for (int day = 0; day < 36_525; day += 17) {
            LocalDateTime at = origin.plusDays(day).plusSeconds(day % 86_400).plusNanos(day % 1000 * 1_000_000L);
            int ms = at.getNano() / 1_000_000;
            byte[] fields = {
                (byte) (at.getYear() - 2000),
                (byte) at.getMonthValue(),
                (byte) at.getDayOfMonth(),
                (byte) at.getHour(),
                (byte) at.getMinute(),
                (byte) at.getSecond(),
                (byte) ms,
                (byte) (ms >> 8)
            };
            assertThat(ChipTime.millis(fields, 0)).isEqualTo(ChronoUnit.MILLIS.between(origin, at));
        }
    }

    @Test
    void shouldAllocateNothingPerReading() {
        byte[] bytes = cycles(190, true);
        MessageSink nothing = new MessageSink() {
            @Override
            public void onHello(Hello hello) {}

            @Override
            public void onReading(Reading reading) {}

            @Override
            public void onStatus(DeviceStatus status) {}

            @Override
            public void onPong(Pong pong) {}
        };
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 200; i++) {
            decoder.accept(bytes, 0, bytes.length, i, nothing);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 200; i++) {
            decoder.accept(bytes, 0, bytes.length, i, nothing);
        }
        long bytesPerStatus = 64;

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(200 * bytesPerStatus);
    }
}
