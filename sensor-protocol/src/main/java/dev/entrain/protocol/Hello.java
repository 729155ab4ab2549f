package dev.entrain.protocol;

/**
 * Who a sensor says it is.
 *
 * @param protocolVersion major version it speaks
 * @param serialNumber identity, 16 hexadecimal digits or what the dialect offers, never empty
 * @param side foot it is made for
 * @param rateHz nominal sample rate, over 0
 * @param accRangeMps2 full scale of the accelerometer, over 0
 * @param gyrRangeRadps full scale of the gyroscope, over 0
 * @param ticksPerSecond rate of its tick counter, over 0
 * @param pressureCells number of pressure cells, 0 to 16
 * @param firmware version text, may be empty
 */
public record Hello(
        int protocolVersion,
        String serialNumber,
        Side side,
        double rateHz,
        double accRangeMps2,
        double gyrRangeRadps,
        double ticksPerSecond,
        int pressureCells,
        String firmware) {
    /** Firmware of an insole that is not there: an emulator's. Whatever was walked with it nobody walked. */
    public static final String EMULATED = "emulated";

    /** Returns whether the insole is not there. */
    public boolean emulated() {
        return firmware.equals(EMULATED);
    }
}
