package dev.entrain.protocol;

/**
 * Numbers of the insole wire protocol, as PROTOCOL.md states them. Offsets of fields stand in the encoders and decoders,
 * next to the code that uses them.
 */
public final class WireFormat {
    /** Major version of this implementation; frames of another major are refused. */
    public static final int MAJOR = 1;

    /** Minor version of this implementation; only says what additions a frame may carry. */
    public static final int MINOR = 0;

    /** Ends every frame and occurs nowhere else on the line. */
    public static final byte DELIMITER = 0;

    /** Most bytes of header, payload and checksum together, so that stuffing costs exactly one byte. */
    public static final int MAX_RAW_BYTES = 253;

    /** Most bytes of a frame on the line, with stuffing and delimiter. */
    public static final int MAX_FRAME_BYTES = MAX_RAW_BYTES + 2;

    /** Most bytes of the firmware text of a HELLO. */
    public static final int MAX_FIRMWARE_BYTES = 64;

    /** Least width of a device's tick counter. */
    public static final int MIN_TICK_BITS = 16;

    /** Most width of a device's tick counter. */
    public static final int MAX_TICK_BITS = 48;

    /** Unit of the tick interval of a batch: parts of a tick. */
    public static final int INTERVAL_PARTS_PER_TICK = 256;

    static final int HEADER_BYTES = 2;
    static final int CRC_BYTES = 4;
    static final int MIN_RAW_BYTES = HEADER_BYTES + CRC_BYTES;
    static final int MAX_PAYLOAD_BYTES = MAX_RAW_BYTES - MIN_RAW_BYTES;
    static final int MAX_ENCODED_BYTES = MAX_RAW_BYTES + 1;

    static final int TYPE_HELLO = 0x01;
    static final int TYPE_SAMPLES = 0x02;
    static final int TYPE_STATUS = 0x03;
    static final int TYPE_PONG = 0x04;
    static final int TYPE_REPLY = 0x05;

    static final int HELLO_BYTES = 24;
    static final int SAMPLES_HEADER_BYTES = 28;
    static final int STATUS_BYTES = 17;
    static final int PONG_BYTES = 20;
    static final int REPLY_BYTES = 6;
    static final int TOKEN_BYTES = 4;
    static final int SET_RATE_BYTES = 8;
    static final int IDENTIFY_BYTES = 6;

    static final int IMU_BYTES = 12;
    static final int FLAG_PRESSURE_16_BIT = 0x01;
    static final int BATTERY_PERCENT_UNKNOWN = 255;
    static final int TEMPERATURE_UNKNOWN = Short.MIN_VALUE;
    static final double RAW_FULL_SCALE = 32768.0;

    private static final double MPS2_PER_MILLI_G = 9.80665 / 1000.0;
    private static final double RADPS_PER_DECI_DPS = Math.PI / 1800.0;

    private WireFormat() {}

    /** Returns the accelerometer's full scale in m/s2 for a full scale in thousandths of standard gravity. Realtime-safe. */
    public static double accRangeMps2(int accRangeMilliG) {
        return accRangeMilliG * MPS2_PER_MILLI_G;
    }

    /** Returns the gyroscope's full scale in rad/s for a full scale in tenths of a degree per second. Realtime-safe. */
    public static double gyrRangeRadps(int gyrRangeDeciDps) {
        return gyrRangeDeciDps * RADPS_PER_DECI_DPS;
    }

    /** Bytes of one sample of a batch. */
    static int sampleBytes(int pressureCells, boolean pressure16Bit) {
        return IMU_BYTES + pressureCells * (pressure16Bit ? 2 : 1);
    }
}
