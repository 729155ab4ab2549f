package dev.entrain.telemetry;

import dev.entrain.identity.TlsFiles;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where and as whom a unit reports.
 *
 * @param enabled whether the unit connects at all; off, records are kept as far as the journal's limit goes, and the oldest lost
 * @param broker {@code ssl://host:port}, or {@code tcp://host:port} where nobody else can listen
 * @param unit the unit's name on the broker: 1 to 64 of {@code a-z 0-9 -}; who the patient is stays in the clinic
 * @param timingS how often the unit proves its timing, s, 5 to 3600
 * @param willDelayS how long a lost connection is no news, s, 0 to 3600; the broker then calls the unit offline
 * @param tls what the unit proves itself with to an {@code ssl} broker; null with {@code tcp}. The files are read anew for
 *     each connection, so nothing here says that they are there or good
 * @param catchUpPerS records a second that an outage's backlog is sent with while somebody walks, 50 to 100,000; at rest the
 *     line's own speed counts
 */
public record TelemetryConfig(
        boolean enabled,
        URI broker,
        String unit,
        int timingS,
        int willDelayS,
        @Nullable TlsFiles tls,
        int catchUpPerS) {
    /** Some fifty times what a walk makes. */
    public static final int DEFAULT_CATCH_UP_PER_S = 500;

    /** A lost connection of up to half a minute is no news. */
    public static final int DEFAULT_WILL_DELAY_S = 30;

    /** A report of about a kilobyte each minute. */
    public static final int DEFAULT_TIMING_S = 60;

    private static final Pattern UNIT = Pattern.compile("[a-z0-9-]{1,64}");

    /** Without TLS, at the default rate. */
    public TelemetryConfig(boolean enabled, URI broker, String unit, int timingS, int willDelayS) {
        this(enabled, broker, unit, timingS, willDelayS, null, DEFAULT_CATCH_UP_PER_S);
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException with a line for the technician: which value, why, and what to write instead
     */
    public TelemetryConfig {
        boolean ssl = "ssl".equals(broker.getScheme());
        if (!(ssl || "tcp".equals(broker.getScheme()))
                || broker.getHost() == null
                || broker.getPort() < 1
                || broker.getPort() > 65_535) {
            throw new IllegalArgumentException("telemetry broker '" + broker
                    + "' is not usable: write ssl://HOST:PORT, or tcp://HOST:PORT where nobody else can listen, for example"
                    + " tcp://127.0.0.1:1883");
        }
        if (ssl != (tls != null)) {
            throw new IllegalArgumentException(
                    ssl
                            ? "telemetry broker '" + broker + "' needs ca, certificate and key: add all three"
                            : "telemetry broker '" + broker
                                    + "' takes no ca, certificate and key: write ssl:// or remove them");
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
        if (catchUpPerS < 50 || catchUpPerS > 100_000) {
            throw new IllegalArgumentException("telemetry catch up of " + catchUpPerS
                    + " records a second is not usable: write 50 to 100000 (default 500)");
        }
    }

    /** Returns this with another pace of the timing reports. */
    public TelemetryConfig withTimingS(int newTimingS) {
        return new TelemetryConfig(enabled, broker, unit, newTimingS, willDelayS, tls, catchUpPerS);
    }
}
