package dev.entrain.sensor;

import dev.entrain.protocol.Hello;
import dev.entrain.protocol.Side;
import dev.entrain.sample.Foot;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** Judges whether an insole is the one a port is set up for, and tells a technician. Used by the reader thread. */
final class InsoleCheck {
    /** What a foot needs at heel strike and in swing, less a little for rounding. */
    private static final double LEAST_ACC_MPS2 = 15.9 * 9.80665;

    private static final double LEAST_GYR_RADPS = Math.toRadians(1990);

    private final SensorConfig config;

    InsoleCheck(SensorConfig config) {
        this.config = config;
    }

    /** Returns whose readings these are, or null if they must be held back. */
    @Nullable
    Foot footOf(Hello said) {
        Logger.info(
                "{}: sensor {} ({}), {} Hz, firmware \"{}\"",
                config.place(),
                said.serialNumber(),
                said.side(),
                said.rateHz(),
                said.firmware());
        if (said.accRangeMps2() < LEAST_ACC_MPS2 || said.gyrRangeRadps() < LEAST_GYR_RADPS) {
            Logger.warn(
                    "{}: this sensor measures up to {} g and {} deg/s; a foot needs 16 g and 2000 deg/s. Steps may be"
                            + " missed: set greater ranges on the sensor",
                    config.place(),
                    Math.round(said.accRangeMps2() / 9.80665),
                    Math.round(Math.toDegrees(said.gyrRangeRadps())));
        }
        Foot wanted = config.foot();
        Foot made = said.side() == Side.LEFT ? Foot.LEFT : said.side() == Side.RIGHT ? Foot.RIGHT : null;
        if (wanted != null && made != null && wanted != made) {
            Logger.error(
                    "{}: set up for the {} foot, but this insole ({}) is made for the {}; its readings are not used. Swap"
                            + " the insoles or their ports, or change the foot of this port",
                    config.place(),
                    wanted.word(),
                    said.serialNumber(),
                    made.word());
            return null;
        }
        if (wanted == null && made == null) {
            Logger.error(
                    "{}: this insole ({}) does not say its foot; set the foot of this port to left or right",
                    config.place(),
                    said.serialNumber());
        }
        return wanted != null ? wanted : made;
    }
}
