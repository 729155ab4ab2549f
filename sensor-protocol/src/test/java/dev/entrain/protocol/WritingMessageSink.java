package dev.entrain.protocol;

import java.util.List;
import java.util.Locale;

/** Writes each message as one line, as firmware/test/dump_stream.c does: doubles by their bits, so nothing is rounded. */
final class WritingMessageSink implements MessageSink {
    private final List<String> lines;

    WritingMessageSink(List<String> lines) {
        this.lines = lines;
    }

    static String bits(double value) {
        return Long.toHexString(Double.doubleToRawLongBits(value));
    }

    @Override
    public void onHello(Hello hello) {
        lines.add("HELLO %s %d %s %s %s %d %d %s"
                .formatted(
                        hello.serialNumber(),
                        hello.side().ordinal(),
                        bits(hello.rateHz()),
                        bits(hello.accRangeMps2()),
                        bits(hello.gyrRangeRadps()),
                        (long) hello.ticksPerSecond(),
                        hello.pressureCells(),
                        hello.firmware()));
    }

    @Override
    public void onReading(Reading r) {
        StringBuilder line = new StringBuilder("READING ")
                .append(Integer.toUnsignedString(r.seq))
                .append(' ')
                .append(r.deviceTicks)
                .append(' ')
                .append(r.tickBits)
                .append(' ')
                .append((long) r.ticksPerSecond);
        double[] motion = {r.axMps2, r.ayMps2, r.azMps2, r.gxRadps, r.gyRadps, r.gzRadps};
        for (double value : motion) {
            line.append(' ').append(bits(value));
        }
        for (int cell = 0; cell < r.pressureCells; cell++) {
            line.append(' ').append(bits(r.pressure[cell]));
        }
        lines.add(line.toString());
    }

    @Override
    public void onStatus(DeviceStatus s) {
        long centiC = Double.isNaN(s.temperatureC()) ? Short.MIN_VALUE : Math.round(s.temperatureC() * 100);
        lines.add(String.format(
                Locale.ROOT,
                "STATUS %d %x %d %d %d",
                s.uptimeTicks(),
                s.faults(),
                s.batteryMillivolts(),
                centiC,
                s.batteryPercent()));
    }

    @Override
    public void onPong(Pong pong) {
        lines.add(
                "PONG " + Integer.toUnsignedString(pong.token()) + " " + pong.receivedTicks() + " " + pong.sentTicks());
    }

    @Override
    public void onReply(Reply reply) {
        lines.add("REPLY " + Integer.toUnsignedString(reply.token()) + " " + reply.commandCode() + " "
                + reply.result().code());
    }
}
