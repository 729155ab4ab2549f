package dev.entrain.calibration;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.OutputCalibration;
import dev.entrain.audio.OutputCalibration.OffsetSource;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;

/**
 * Which offset counts for an output: the one written in the configuration, else the calibrated one, else 0 and a word that it
 * is unknown.
 *
 * @param audio the configuration with that offset in it, never without a number
 * @param calibration the same offset with how it came about and how sure it is
 * @param notice one line for the log of the start; empty if there is nothing to say
 * @param doubtful whether cues may be heard so late for this that the line is a warning
 */
public record OutputLatency(AudioConfig audio, OutputCalibration calibration, String notice, boolean doubtful) {
    /** Where the sound of a named device may end. */
    public enum Route {
        /** A card of this unit, with converters of about 1 ms. */
        WIRED,
        /** A wireless link of 100 to 200 ms and more that varies. */
        BLUETOOTH,
        /** Whatever a sound server or ALSA's own configuration chose, which may be Bluetooth. */
        CHOSEN_ELSEWHERE
    }

    private static final String[] CARDS = {"hw:", "plughw:", "sysdefault:", "front:", "dmix:", "iec958:", "hdmi:"};
    private static final String HOW = "calibrate by ear: entrain calibrate output --config FILE";

    /**
     * Resolves the offset of the configured card.
     *
     * @param audio as configured
     * @param store what this unit measured; if it cannot be read, nothing is known
     */
    public static OutputLatency ofCard(AudioConfig audio, CalibrationStore store) {
        OutputCalibration stored;
        String fault = "";
        try {
            stored = store.read(audio.device());
        } catch (IOException e) {
            stored = OutputCalibration.NONE;
            fault = Objects.requireNonNullElse(e.getMessage(), "The calibrations cannot be read.");
        }
        if (!Double.isNaN(audio.offsetMs())) {
            return new OutputLatency(
                    audio,
                    stored.withOffset(audio.offsetMs(), OffsetSource.CONFIGURED, Double.NaN),
                    fault,
                    !fault.isEmpty());
        }
        double offsetMs = stored.offsetMs();
        boolean known = stored.offsetSource() != OffsetSource.UNKNOWN
                && offsetMs >= AudioConfig.OFFSET_MIN_MS
                && offsetMs <= AudioConfig.OFFSET_MAX_MS;
        if (known) {
            return new OutputLatency(audio.withOffsetMs(offsetMs), stored, told(audio.device(), stored), false);
        }
        Route route = routeOf(audio.device());
        return new OutputLatency(
                audio.withOffsetMs(0),
                stored.withOffset(Double.NaN, OffsetSource.UNKNOWN, Double.NaN),
                fault.isEmpty() ? unknown(audio.device(), route) : fault,
                route != Route.WIRED || !fault.isEmpty());
    }

    /** Resolves the offset of a file, which nobody hears: none unless one is written. */
    public static OutputLatency ofFile(AudioConfig audio) {
        boolean written = !Double.isNaN(audio.offsetMs());
        return new OutputLatency(
                written ? audio : audio.withOffsetMs(0),
                written
                        ? OutputCalibration.NONE.withOffset(audio.offsetMs(), OffsetSource.CONFIGURED, Double.NaN)
                        : OutputCalibration.NONE,
                "",
                false);
    }

    /** Returns where the sound of a device may end, by its name. */
    public static Route routeOf(String device) {
        String name = device.toLowerCase(Locale.ROOT);
        if (name.contains("bluealsa") || name.contains("bluez") || name.contains("bluetooth")) {
            return Route.BLUETOOTH;
        }
        for (String card : CARDS) {
            if (name.startsWith(card)) {
                return Route.WIRED;
            }
        }
        return Route.CHOSEN_ELSEWHERE;
    }

    private static String told(String device, OutputCalibration calibration) {
        return String.format(
                Locale.ROOT,
                "Output latency of '%s': %.1f ms, %s.",
                device,
                calibration.offsetMs(),
                calibration.offsetSource() == OffsetSource.BY_EAR ? "calibrated by ear" : "measured by loopback");
    }

    private static String unknown(String device, Route route) {
        return switch (route) {
            case WIRED ->
                "Output latency of '" + device + "' was never measured; a wired card adds about 1 ms. To know it:"
                        + " entrain calibrate output --config FILE";
            case BLUETOOTH ->
                "Output latency of '" + device + "' is unknown (Bluetooth adds 100-200 ms and varies): " + HOW;
            case CHOSEN_ELSEWHERE ->
                "Output latency of '" + device + "' is unknown, for where it leads is chosen elsewhere (Bluetooth adds"
                        + " 100-200 ms and varies): " + HOW;
        };
    }
}
