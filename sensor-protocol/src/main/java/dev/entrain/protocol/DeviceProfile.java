package dev.entrain.protocol;

/**
 * What an insole is, in the units of the line.
 *
 * @param serial identity, unique among all insoles
 * @param side foot it is made for
 * @param rateMilliHz nominal sample rate in 1/1000 Hz, 1 to 4294967295
 * @param accRangeMilliG acceleration that a raw value of 32768 would mean, in 1/1000 of 9.80665 m/s2, 1 to 65535
 * @param gyrRangeDeciDps angular rate that a raw value of 32768 would mean, in 1/10 degree per second, 1 to 65535
 * @param ticksPerSecond nominal rate of the tick counter, Hz, 1 to 4294967295
 * @param tickBits width of the tick counter, {@link WireFormat#MIN_TICK_BITS} to {@link WireFormat#MAX_TICK_BITS}
 * @param pressureCells number of pressure cells, 0 to {@link Reading#MAX_PRESSURE_CELLS}
 * @param pressureBits width of a cell's value on the line, 8 or 16
 * @param firmware version text, printable ASCII, at most {@link WireFormat#MAX_FIRMWARE_BYTES} characters
 */
public record DeviceProfile(
        long serial,
        Side side,
        long rateMilliHz,
        int accRangeMilliG,
        int gyrRangeDeciDps,
        long ticksPerSecond,
        int tickBits,
        int pressureCells,
        int pressureBits,
        String firmware) {
    private static final long U32_MAX = 0xffff_ffffL;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public DeviceProfile {
        check("rateMilliHz", rateMilliHz, 1, U32_MAX);
        check("accRangeMilliG", accRangeMilliG, 1, 0xffff);
        check("gyrRangeDeciDps", gyrRangeDeciDps, 1, 0xffff);
        check("ticksPerSecond", ticksPerSecond, 1, U32_MAX);
        check("tickBits", tickBits, WireFormat.MIN_TICK_BITS, WireFormat.MAX_TICK_BITS);
        check("pressureCells", pressureCells, 0, Reading.MAX_PRESSURE_CELLS);
        check("length of firmware", firmware.length(), 0, WireFormat.MAX_FIRMWARE_BYTES);
        if (pressureBits != 8 && pressureBits != 16) {
            throw new IllegalArgumentException("pressureBits is " + pressureBits + ", must be 8 or 16");
        }
        for (int i = 0; i < firmware.length(); i++) {
            check("character of firmware", firmware.charAt(i), ' ', '~');
        }
    }

    /** Returns the time between samples in parts of a tick, {@link WireFormat#INTERVAL_PARTS_PER_TICK}, rounded. */
    public long intervalParts() {
        return Math.round(ticksPerSecond * 1000.0 * WireFormat.INTERVAL_PARTS_PER_TICK / rateMilliHz);
    }

    /** Returns this insole at another rate. */
    public DeviceProfile withRateMilliHz(long otherRateMilliHz) {
        return new DeviceProfile(
                serial,
                side,
                otherRateMilliHz,
                accRangeMilliG,
                gyrRangeDeciDps,
                ticksPerSecond,
                tickBits,
                pressureCells,
                pressureBits,
                firmware);
    }

    static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", must be " + least + " to " + most);
        }
    }
}
