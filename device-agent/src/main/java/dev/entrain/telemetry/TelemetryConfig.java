package dev.entrain.telemetry;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where and as whom a unit reports. User, password file and TLS come with the clinic's broker.
 *
 * @param enabled whether the unit connects at all; off, records are made and forgotten
 * @param broker {@code tcp://host:port}
 * @param unit the unit's name on the broker: 1 to 64 of {@code a-z 0-9 -}; who the patient is stays in the clinic
 * @param timingS how often the unit proves its timing, s, 5 to 3600
 * @param willDelayS how long a lost connection is no news, s, 0 to 3600; the broker then calls the unit offline
 */
public record TelemetryConfig(boolean enabled, URI broker, String unit, int timingS, int willDelayS) {
    /** A lost connection of up to half a minute is no news. */
    public static final int DEFAULT_WILL_DELAY_S = 30;

    /** A report of about a kilobyte each minute. */
    public static final int DEFAULT_TIMING_S = 60;

    private static final Pattern UNIT = Pattern.compile("[a-z0-9-]{1,64}");

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException with a line for the technician: which value, why, and what to write instead
     */
    public TelemetryConfig {
        if (!"tcp".equals(broker.getScheme())
                || broker.getHost() == null
                || broker.getPort() < 1
                || broker.getPort() > 65_535) {
            throw new IllegalArgumentException("telemetry broker '" + broker
                    + "' is not usable: write tcp://HOST:PORT, for example tcp://127.0.0.1:1883");
        }
        if (!UNIT.matcher(unit).matches()) {
            throw new IllegalArgumentException(
                    "telemetry unit '" + unit + "' is not usable: write 1 to 64 of the characters a-z, 0-9 and -");
        }
        if (timingS < 5 || timingS > 3600) {
            throw new IllegalArgumentException(
                    "telemetry timing every " + timingS + " s is not usable: write 5 to 3600 (default 60)");
        }
        if (willDelayS < 0 || willDelayS > 3600) {
            throw new IllegalArgumentException(
                    "telemetry will delay of " + willDelayS + " s is not usable: write 0 to 3600 (default 30)");
        }
    }
}
