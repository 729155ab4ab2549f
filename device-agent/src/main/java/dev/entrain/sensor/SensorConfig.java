package dev.entrain.sensor;

import dev.entrain.sample.Foot;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How one foot's sensor is connected: a serial line or a chip on an I2C bus. */
public sealed interface SensorConfig permits LineConfig, I2cConfig {
    /** Returns the device file; may be a symbolic link, which is followed anew at each opening. */
    Path port();

    /** Returns the foot it is worn on, or null to take what the sensor's hello says. */
    @Nullable
    Foot foot();

    /** Returns where the sensor is, as messages name it. */
    String place();
}
