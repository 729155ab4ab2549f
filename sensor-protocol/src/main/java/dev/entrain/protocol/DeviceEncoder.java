package dev.entrain.protocol;

import java.nio.charset.StandardCharsets;

/**
 * Writes what an insole sends, see PROTOCOL.md: for emulated insoles and tests. Every method writes one whole frame with
 * its delimiter and returns its length; {@link WireFormat#MAX_FRAME_BYTES} bytes from offset always suffice. Not
 * thread-safe; realtime-safe except {@link #hello}.
 */
public final class DeviceEncoder {
    private final FrameWriter writer = new FrameWriter();

    /** Writes a HELLO. */
    public int hello(DeviceProfile profile, byte[] out, int offset) {
        byte[] text = profile.firmware().getBytes(StandardCharsets.US_ASCII);
        return writer.begin(WireFormat.TYPE_HELLO)
                .put64(profile.serial())
                .put32((int) profile.ticksPerSecond())
                .put32((int) profile.rateMilliHz())
                .put16(profile.accRangeMilliG())
                .put16(profile.gyrRangeDeciDps())
                .put8(profile.tickBits())
                .put8(
                        switch (profile.side()) {
                            case UNKNOWN -> 0;
                            case LEFT -> 1;
                            case RIGHT -> 2;
                        })
                .put8(profile.pressureCells())
                .put8(text.length)
                .putBytes(text, text.length)
                .finish(out, offset);
    }

    /**
     * Writes a batch of samples.
     *
     * @throws IllegalStateException if the batch is empty or lasts longer than half the tick counter's range
     */
    public int samples(SampleBatch batch, byte[] out, int offset) {
        batch.putInto(writer.begin(WireFormat.TYPE_SAMPLES));
        return writer.finish(out, offset);
    }

    /**
     * Writes a STATUS; the temperature is rounded to 0.01 degrees.
     *
     * @throws IllegalArgumentException if a value is out of the range that {@link DeviceStatus} names
     */
    public int status(DeviceStatus status, byte[] out, int offset) {
        DeviceProfile.check("batteryPercent", status.batteryPercent(), -1, 100);
        DeviceProfile.check("batteryMillivolts", status.batteryMillivolts(), 0, 0xffff);
        checkTicks(status.uptimeTicks());
        boolean warmthKnown = !Double.isNaN(status.temperatureC());
        long centiC = warmthKnown ? Math.round(status.temperatureC() * 100) : WireFormat.TEMPERATURE_UNKNOWN;
        if (warmthKnown) {
            DeviceProfile.check("temperature in 0.01 C", centiC, Short.MIN_VALUE + 1, Short.MAX_VALUE);
        }
        return writer.begin(WireFormat.TYPE_STATUS)
                .put64(status.uptimeTicks())
                .put32(status.faults())
                .put16(status.batteryMillivolts())
                .put16((int) centiC)
                .put8(status.batteryPercent() < 0 ? WireFormat.BATTERY_PERCENT_UNKNOWN : status.batteryPercent())
                .finish(out, offset);
    }

    /** Writes the answer to a ping. */
    public int pong(int token, long receivedTicks, long sentTicks, byte[] out, int offset) {
        checkTicks(receivedTicks);
        checkTicks(sentTicks);
        return writer.begin(WireFormat.TYPE_PONG)
                .put32(token)
                .put64(receivedTicks)
                .put64(sentTicks)
                .finish(out, offset);
    }

    /** Writes the answer to any other command; commandCode is {@link Command#code()} or what the host sent. */
    public int reply(int token, int commandCode, CommandResult result, byte[] out, int offset) {
        return writer.begin(WireFormat.TYPE_REPLY)
                .put32(token)
                .put8(commandCode)
                .put8(result.code())
                .finish(out, offset);
    }

    private static void checkTicks(long ticks) {
        DeviceProfile.check("ticks", ticks, 0, (1L << WireFormat.MAX_TICK_BITS) - 1);
    }
}
