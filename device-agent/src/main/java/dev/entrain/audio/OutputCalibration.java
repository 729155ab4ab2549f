package dev.entrain.audio;

/**
 * What was measured of one output, with the headphones that hang on it.
 *
 * @param offsetMs how much later than the card says a sound is heard, ms; not a number where never measured
 * @param offsetSource how it was measured
 * @param offsetSpreadMs spread of the measurement (1.4826 MAD), ms; not a number where unknown
 * @param fullScaleDbSpl sound pressure level at the ear of a full-scale 1 kHz sine, dB SPL; not a number where the
 *     headphones were never calibrated
 */
public record OutputCalibration(
        double offsetMs, OffsetSource offsetSource, double offsetSpreadMs, double fullScaleDbSpl) {
    /** How an offset came about. */
    public enum OffsetSource {
        /** Never measured. */
        UNKNOWN,
        /** Captured from the output by cable or microphone. */
        LOOPBACK,
        /** Tapped along by a person. */
        BY_EAR,
        /** Written into the configuration. */
        CONFIGURED
    }

    /** Nothing measured. */
    public static final OutputCalibration NONE =
            new OutputCalibration(Double.NaN, OffsetSource.UNKNOWN, Double.NaN, Double.NaN);

    /** Returns this with another offset. */
    public OutputCalibration withOffset(double newOffsetMs, OffsetSource source, double spreadMs) {
        return new OutputCalibration(newOffsetMs, source, spreadMs, fullScaleDbSpl);
    }

    /** Returns this with other headphones. */
    public OutputCalibration withFullScale(double newFullScaleDbSpl) {
        return new OutputCalibration(offsetMs, offsetSource, offsetSpreadMs, newFullScaleDbSpl);
    }
}
