package dev.entrain.protocol.witmotion;

import dev.entrain.protocol.DeviceStatus;
import dev.entrain.protocol.Hello;
import dev.entrain.protocol.MessageSink;
import dev.entrain.protocol.Reading;
import dev.entrain.protocol.Side;
import dev.entrain.protocol.StreamDecoder;

/**
 * Decodes the serial output of WitMotion's WT901 family (WIT Standard Communication Protocol): acceleration (0x51) and
 * angular rate (0x52) frames of one output cycle make one reading; all other frames but time (0x50) are passed over.
 *
 * <p><b>Ticks.</b> With time frames switched on, ticks are the sensor's calendar in milliseconds since 2000, 48 bits, 1000
 * per second. Without, ticks are the running number of the reading, 32 bits, at the configured rate. A reading whose time
 * frame was lost is dropped; after 100 such in a row the sensor is taken to send none any more.
 *
 * <p><b>Running numbers.</b> The sensor sends none, so readings are counted here. What is missing is told by the time
 * frames, else by the bytes that had to be skipped; bytes that a line loses without a trace go unseen without time
 * frames. A gap of more than 10 s, or a clock that was set, counts as one reading missing.
 *
 * <p>Not thread-safe; realtime-safe, except about once a second for the temperature's record.
 */
public final class WitMotionDecoder implements StreamDecoder {
    /** Full scale of the accelerometer, m/s2: 16 g. */
    public static final double ACC_RANGE_MPS2 = 16 * 9.80665;

    /** Full scale of the gyroscope, rad/s: 2000 degrees per second. */
    public static final double GYR_RANGE_RADPS = Math.toRadians(2000);

    private static final int TIME = 0x50;
    private static final int ACCELERATION = 0x51;
    private static final int ANGULAR_RATE = 0x52;
    private static final int DATA = 2;

    private static final double ACC_STEP = ACC_RANGE_MPS2 / 32768;
    private static final double GYR_STEP = GYR_RANGE_RADPS / 32768;
    private static final int TIMELESS_READINGS = 100;
    private static final long LONGEST_GAP_MS = 10_000;

    private final double rateHz;
    private final int readingsPerStatus;
    private final FrameFinder finder = new FrameFinder();
    private final Reading reading = new Reading();

    private long frames;
    private long framesBadContent;
    private boolean greeted;
    private boolean haveAcceleration;
    private boolean haveTime;
    private boolean timed;
    private int timeless;
    private long timeMs;
    private long lastTimeMs = ChipTime.INVALID;
    private long bytesAtReading;
    private long bytesPerReading;
    private long lossesSeen;
    private boolean lossInCycle = true;
    private boolean decided;
    private double temperatureC = Double.NaN;
    private int readingsSinceStatus;

    /**
     * Makes a decoder.
     *
     * @param rateHz output rate the sensor is set to, over 0, at most 1000
     * @throws IllegalArgumentException if the rate is out of range
     */
    public WitMotionDecoder(double rateHz) {
        if (!(rateHz > 0) || rateHz > 1000) {
            throw new IllegalArgumentException("output rate must be over 0 and at most 1000 Hz, not " + rateHz);
        }
        this.rateHz = rateHz;
        readingsPerStatus = (int) Math.ceil(rateHz);
        reading.seq = -1;
    }

    @Override
    public void accept(byte[] bytes, int offset, int length, long arrivalNs, MessageSink sink) {
        for (int i = offset; i < offset + length; i++) {
            finder.push(bytes[i]);
            while (finder.hasFrame()) {
                if (finder.losses() != lossesSeen) {
                    lossesSeen = finder.losses();
                    haveAcceleration = false;
                    haveTime = false;
                    lossInCycle = true;
                }
                take(finder.bytes(), arrivalNs, sink);
                finder.next();
            }
        }
    }

    @Override
    public void reset() {
        finder.reset();
        haveAcceleration = false;
        haveTime = false;
        greeted = false;
        lossInCycle = true;
    }

    @Override
    public long frames() {
        return frames;
    }

    @Override
    public long framesBad() {
        return finder.losses() + framesBadContent;
    }

    @Override
    public long bytesSkipped() {
        return finder.bytesSkipped() + framesBadContent * FrameFinder.FRAME_BYTES;
    }

    private void take(byte[] frame, long arrivalNs, MessageSink sink) {
        frames++;
        switch (frame[1] & 0xff) {
            case TIME -> takeTime(frame);
            case ACCELERATION -> {
                reading.axMps2 = i16(frame, DATA) * ACC_STEP;
                reading.ayMps2 = i16(frame, DATA + 2) * ACC_STEP;
                reading.azMps2 = i16(frame, DATA + 4) * ACC_STEP;
                temperatureC = i16(frame, DATA + 6) / 100.0;
                haveAcceleration = true;
            }
            case ANGULAR_RATE -> {
                if (haveAcceleration) {
                    reading.gxRadps = i16(frame, DATA) * GYR_STEP;
                    reading.gyRadps = i16(frame, DATA + 2) * GYR_STEP;
                    reading.gzRadps = i16(frame, DATA + 4) * GYR_STEP;
                    emit(arrivalNs, sink);
                }
            }
            default -> {}
        }
    }

    private void takeTime(byte[] frame) {
        long millis = ChipTime.millis(frame, DATA);
        if (millis == ChipTime.INVALID) {
            frames--;
            framesBadContent++;
            return;
        }
        timeMs = millis;
        haveTime = true;
        timed = true;
        timeless = 0;
    }

    private void emit(long arrivalNs, MessageSink sink) {
        haveAcceleration = false;
        if (!decided && !haveTime) {
            // The first cycle may have been entered after its time frame; the next one tells whether there are any.
            decided = true;
            return;
        }
        if (timed && !haveTime) {
            timed = ++timeless < TIMELESS_READINGS;
            return;
        }
        decided = true;
        reading.seq += 1 + missing();
        haveTime = false;
        lossInCycle = false;
        bytesAtReading = bytesDone();
        reading.tickBits = timed ? 48 : 32;
        reading.ticksPerSecond = timed ? 1000 : rateHz;
        reading.deviceTicks = timed ? timeMs : reading.seq & 0xffff_ffffL;
        reading.arrivalNs = arrivalNs;
        if (!greeted) {
            greeted = true;
            sink.onHello(new Hello(
                    0,
                    "witmotion",
                    Side.UNKNOWN,
                    rateHz,
                    ACC_RANGE_MPS2,
                    GYR_RANGE_RADPS,
                    reading.ticksPerSecond,
                    0,
                    ""));
        }
        sink.onReading(reading);
        if (++readingsSinceStatus >= readingsPerStatus) {
            readingsSinceStatus = 0;
            sink.onStatus(new DeviceStatus(-1, 0, temperatureC, 0, reading.deviceTicks));
        }
    }

    /** Readings that should have come since the last one, 0 if none is missing. */
    private int missing() {
        if (timed) {
            long elapsedMs = timeMs - lastTimeMs;
            boolean known = lastTimeMs != ChipTime.INVALID;
            lastTimeMs = timeMs;
            if (known && elapsedMs >= 0 && elapsedMs <= LONGEST_GAP_MS) {
                return Math.max(0, (int) Math.round(elapsedMs * rateHz / 1000) - 1);
            }
            return known ? 1 : 0;
        }
        long bytes = bytesDone() - bytesAtReading;
        if (!lossInCycle) {
            bytesPerReading = bytes;
            return 0;
        }
        return bytesPerReading == 0 ? 0 : Math.max(0, (int) ((bytes + bytesPerReading / 2) / bytesPerReading) - 1);
    }

    /** Bytes taken or skipped; without those that wait for a proof. */
    private long bytesDone() {
        return frames * FrameFinder.FRAME_BYTES + bytesSkipped();
    }

    private static short i16(byte[] bytes, int at) {
        return (short) ((bytes[at] & 0xff) | (bytes[at + 1] << 8));
    }
}
