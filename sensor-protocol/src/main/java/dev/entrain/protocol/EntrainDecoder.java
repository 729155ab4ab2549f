package dev.entrain.protocol;

import java.nio.charset.StandardCharsets;

/**
 * Decodes what an insole sends, see PROTOCOL.md. A batch says its own ranges and tick rate, so readings come out right
 * even when the HELLO was missed. A frame is dropped whole or taken whole. Delimiters between frames count as skipped
 * bytes but not as bad frames. Not thread-safe; realtime-safe except for the cold messages, whose records it allocates.
 */
public final class EntrainDecoder implements StreamDecoder {
    private static final int PAYLOAD = WireFormat.HEADER_BYTES;

    private final FrameReader reader = new FrameReader();
    private final Reading reading = new Reading();
    private long framesUnknown;

    @Override
    public void accept(byte[] bytes, int offset, int length, long arrivalNs, MessageSink sink) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            at = reader.feed(bytes, at, end);
            if (reader.intact()) {
                if (dispatch(arrivalNs, sink)) {
                    reader.accept();
                } else {
                    reader.refuse();
                }
            }
        }
    }

    @Override
    public void reset() {
        reader.reset();
    }

    @Override
    public long frames() {
        return reader.frames();
    }

    @Override
    public long framesBad() {
        return reader.framesBad();
    }

    @Override
    public long bytesSkipped() {
        return reader.bytesSkipped();
    }

    /** Returns intact frames of a type this version does not know, passed over; they are part of {@link #frames()}. */
    public long framesUnknown() {
        return framesUnknown;
    }

    /** Returns intact frames refused for their major version; they are part of {@link #framesBad()}. */
    public long framesOtherMajor() {
        return reader.framesOtherMajor();
    }

    /** Returns the major version of the last frame refused for it, 0 to 15; only of meaning if there was one. */
    public int lastOtherMajor() {
        return reader.lastOtherMajor();
    }

    /** Hands the intact frame on; false if its content cannot be. */
    private boolean dispatch(long arrivalNs, MessageSink sink) {
        byte[] bytes = reader.bytes();
        int length = reader.payloadLength();
        return switch (reader.type()) {
            case WireFormat.TYPE_SAMPLES -> samples(bytes, length, arrivalNs, sink);
            case WireFormat.TYPE_HELLO -> hello(bytes, length, sink);
            case WireFormat.TYPE_STATUS -> status(bytes, length, sink);
            case WireFormat.TYPE_PONG -> pong(bytes, length, arrivalNs, sink);
            case WireFormat.TYPE_REPLY -> reply(bytes, length, sink);
            default -> {
                framesUnknown++;
                yield true;
            }
        };
    }

    private boolean samples(byte[] bytes, int length, long arrivalNs, MessageSink sink) {
        if (length < WireFormat.SAMPLES_HEADER_BYTES) {
            return false;
        }
        long firstTicks = LittleEndian.bits64(bytes, PAYLOAD + 4);
        long ticksPerSecond = LittleEndian.u32(bytes, PAYLOAD + 12);
        long intervalParts = LittleEndian.u32(bytes, PAYLOAD + 16);
        int accRangeMilliG = LittleEndian.u16(bytes, PAYLOAD + 20);
        int gyrRangeDeciDps = LittleEndian.u16(bytes, PAYLOAD + 22);
        int tickBits = LittleEndian.u8(bytes, PAYLOAD + 24);
        int count = LittleEndian.u8(bytes, PAYLOAD + 25);
        int cells = LittleEndian.u8(bytes, PAYLOAD + 26);
        boolean wide = (LittleEndian.u8(bytes, PAYLOAD + 27) & WireFormat.FLAG_PRESSURE_16_BIT) != 0;
        int sampleBytes = WireFormat.sampleBytes(cells, wide);
        if (!tickBitsOk(tickBits)
                || firstTicks >>> tickBits != 0
                || ticksPerSecond == 0
                || accRangeMilliG == 0
                || gyrRangeDeciDps == 0
                || cells > Reading.MAX_PRESSURE_CELLS
                || count == 0
                || length < WireFormat.SAMPLES_HEADER_BYTES + count * sampleBytes
                || !SampleBatch.spanOk(count, intervalParts, tickBits)) {
            return false;
        }
        reading.tickBits = tickBits;
        reading.ticksPerSecond = ticksPerSecond;
        reading.arrivalNs = arrivalNs;
        reading.pressureCells = cells;
        double accScale = WireFormat.accRangeMps2(accRangeMilliG) / WireFormat.RAW_FULL_SCALE;
        double gyrScale = WireFormat.gyrRangeRadps(gyrRangeDeciDps) / WireFormat.RAW_FULL_SCALE;
        int firstSeq = LittleEndian.bits32(bytes, PAYLOAD);
        long tickMask = (1L << tickBits) - 1;
        for (int k = 0; k < count; k++) {
            int at = PAYLOAD + WireFormat.SAMPLES_HEADER_BYTES + k * sampleBytes;
            reading.seq = firstSeq + k;
            reading.deviceTicks = (firstTicks + k * intervalParts / WireFormat.INTERVAL_PARTS_PER_TICK) & tickMask;
            readImu(bytes, at, accScale, gyrScale);
            readPressure(bytes, at + WireFormat.IMU_BYTES, cells, wide);
            sink.onReading(reading);
        }
        return true;
    }

    private void readImu(byte[] bytes, int at, double accScale, double gyrScale) {
        reading.axMps2 = LittleEndian.i16(bytes, at) * accScale;
        reading.ayMps2 = LittleEndian.i16(bytes, at + 2) * accScale;
        reading.azMps2 = LittleEndian.i16(bytes, at + 4) * accScale;
        reading.gxRadps = LittleEndian.i16(bytes, at + 6) * gyrScale;
        reading.gyRadps = LittleEndian.i16(bytes, at + 8) * gyrScale;
        reading.gzRadps = LittleEndian.i16(bytes, at + 10) * gyrScale;
    }

    private void readPressure(byte[] bytes, int at, int cells, boolean wide) {
        for (int cell = 0; cell < cells; cell++) {
            reading.pressure[cell] = wide
                    ? LittleEndian.u16(bytes, at + 2 * cell) / 65535.0f
                    : LittleEndian.u8(bytes, at + cell) / 255.0f;
        }
    }

    private static boolean hello(byte[] bytes, int length, MessageSink sink) {
        if (length < WireFormat.HELLO_BYTES) {
            return false;
        }
        long ticksPerSecond = LittleEndian.u32(bytes, PAYLOAD + 8);
        long rateMilliHz = LittleEndian.u32(bytes, PAYLOAD + 12);
        int accRangeMilliG = LittleEndian.u16(bytes, PAYLOAD + 16);
        int gyrRangeDeciDps = LittleEndian.u16(bytes, PAYLOAD + 18);
        int cells = LittleEndian.u8(bytes, PAYLOAD + 22);
        int textBytes = LittleEndian.u8(bytes, PAYLOAD + 23);
        if (ticksPerSecond == 0
                || rateMilliHz == 0
                || accRangeMilliG == 0
                || gyrRangeDeciDps == 0
                || !tickBitsOk(LittleEndian.u8(bytes, PAYLOAD + 20))
                || cells > Reading.MAX_PRESSURE_CELLS
                || textBytes > WireFormat.MAX_FIRMWARE_BYTES
                || length < WireFormat.HELLO_BYTES + textBytes) {
            return false;
        }
        Side side = switch (LittleEndian.u8(bytes, PAYLOAD + 21)) {
            case 1 -> Side.LEFT;
            case 2 -> Side.RIGHT;
            default -> Side.UNKNOWN;
        };
        sink.onHello(new Hello(
                LittleEndian.u8(bytes, 0) >> 4,
                "%016x".formatted(LittleEndian.bits64(bytes, PAYLOAD)),
                side,
                rateMilliHz / 1000.0,
                WireFormat.accRangeMps2(accRangeMilliG),
                WireFormat.gyrRangeRadps(gyrRangeDeciDps),
                ticksPerSecond,
                cells,
                printable(bytes, PAYLOAD + WireFormat.HELLO_BYTES, textBytes)));
        return true;
    }

    private static boolean status(byte[] bytes, int length, MessageSink sink) {
        if (length < WireFormat.STATUS_BYTES) {
            return false;
        }
        long ticks = LittleEndian.bits64(bytes, PAYLOAD);
        int percent = LittleEndian.u8(bytes, PAYLOAD + 16);
        boolean percentKnown = percent != WireFormat.BATTERY_PERCENT_UNKNOWN;
        if (!ticksOk(ticks) || (percentKnown && percent > 100)) {
            return false;
        }
        int centiC = LittleEndian.i16(bytes, PAYLOAD + 14);
        sink.onStatus(new DeviceStatus(
                percentKnown ? percent : -1,
                LittleEndian.u16(bytes, PAYLOAD + 12),
                centiC == WireFormat.TEMPERATURE_UNKNOWN ? Double.NaN : centiC / 100.0,
                LittleEndian.bits32(bytes, PAYLOAD + 8),
                ticks));
        return true;
    }

    private static boolean pong(byte[] bytes, int length, long arrivalNs, MessageSink sink) {
        if (length < WireFormat.PONG_BYTES) {
            return false;
        }
        long receivedTicks = LittleEndian.bits64(bytes, PAYLOAD + 4);
        long sentTicks = LittleEndian.bits64(bytes, PAYLOAD + 12);
        if (!ticksOk(receivedTicks) || !ticksOk(sentTicks)) {
            return false;
        }
        sink.onPong(new Pong(LittleEndian.bits32(bytes, PAYLOAD), receivedTicks, sentTicks, arrivalNs));
        return true;
    }

    private static boolean reply(byte[] bytes, int length, MessageSink sink) {
        if (length < WireFormat.REPLY_BYTES) {
            return false;
        }
        sink.onReply(new Reply(
                LittleEndian.bits32(bytes, PAYLOAD),
                LittleEndian.u8(bytes, PAYLOAD + 4),
                CommandResult.of(LittleEndian.u8(bytes, PAYLOAD + 5))));
        return true;
    }

    private static boolean tickBitsOk(int tickBits) {
        return tickBits >= WireFormat.MIN_TICK_BITS && tickBits <= WireFormat.MAX_TICK_BITS;
    }

    private static boolean ticksOk(long ticks) {
        return ticks >>> WireFormat.MAX_TICK_BITS == 0;
    }

    /** The text with anything but printable ASCII replaced, so that it is safe in logs, JSON and terminals. */
    private static String printable(byte[] bytes, int at, int count) {
        byte[] text = new byte[count];
        for (int i = 0; i < count; i++) {
            byte value = bytes[at + i];
            text[i] = value >= ' ' && value <= '~' ? value : (byte) '?';
        }
        return new String(text, StandardCharsets.US_ASCII);
    }
}
