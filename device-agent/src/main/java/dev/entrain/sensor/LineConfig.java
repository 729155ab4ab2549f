package dev.entrain.sensor;

import dev.entrain.sample.Foot;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A foot's sensor on a serial line.
 *
 * @param dialect what it speaks
 * @param port path of the serial line; may be a symbolic link, which is followed anew at each opening
 * @param foot foot it is worn on, or null to take what the sensor's hello says
 * @param baud speed of the line in bits per second, {@value #MIN_BAUD} to {@value #MAX_BAUD}; without meaning on USB
 * @param rateHz output rate that a WitMotion sensor is set to, over 0, at most 1000; not used for {@link Dialect#ENTRAIN}
 */
public record LineConfig(
        Dialect dialect, Path port, @Nullable Foot foot, int baud, double rateHz) implements SensorConfig {
    /** Least speed of a line; 66 kbit/s are needed by the leanest dialect at 200 Hz. */
    public static final int MIN_BAUD = 115_200;

    /** Greatest speed of a line. */
    public static final int MAX_BAUD = 921_600;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException with a sentence for a technician
     */
    public LineConfig {
        if (baud < MIN_BAUD || baud > MAX_BAUD) {
            throw new IllegalArgumentException(
                    "baud of " + port + " must be " + MIN_BAUD + " to " + MAX_BAUD + ", not " + baud);
        }
        if (dialect == Dialect.WITMOTION && foot == null) {
            throw new IllegalArgumentException(
                    "a WitMotion sensor does not say its foot; set the foot of " + port + " to left or right");
        }
        if (dialect == Dialect.WITMOTION && (!(rateHz > 0) || rateHz > 1000)) {
            throw new IllegalArgumentException(
                    "output rate of " + port + " must be over 0 and at most 1000 Hz, not " + rateHz);
        }
    }

    /** Returns an insole that speaks {@link Dialect#ENTRAIN} at 115200 baud. */
    public static LineConfig entrain(Path port, @Nullable Foot foot) {
        return new LineConfig(Dialect.ENTRAIN, port, foot, MIN_BAUD, 0);
    }

    @Override
    public String place() {
        return port.toString();
    }
}
