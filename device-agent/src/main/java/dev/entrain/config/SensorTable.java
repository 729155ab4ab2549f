package dev.entrain.config;

import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.sample.Foot;
import dev.entrain.sensor.Dialect;
import dev.entrain.sensor.I2cConfig;
import dev.entrain.sensor.LineConfig;
import dev.entrain.sensor.SensorConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the table of one foot's sensor: a serial line (port) or a chip on an I2C bus (i2c). */
final class SensorTable {
    private static final String ANY = "(?s).+";
    private static final String AUTO = "auto";
    private static final int AUTO_ADDRESS = ImuChip.LSM6DSOX.firstAddress();

    private SensorTable() {}

    static SensorConfig read(ConfigTable table, Foot foot) throws ConfigException {
        boolean line = table.has("port");
        boolean chip = table.has("i2c");
        if (line == chip) {
            throw line
                    ? table.contrary("port and i2c are both set; keep the one the sensor is on")
                    : table.missing(
                            "port",
                            "the path of a serial line, such as /dev/ttyUSB0, or i2c = the path of an I2C bus, such as"
                                    + " /dev/i2c-1");
        }
        SensorConfig sensor = chip ? chip(table, foot) : line(table, foot);
        table.end();
        return sensor;
    }

    private static LineConfig line(ConfigTable table, Foot foot) throws ConfigException {
        return new LineConfig(
                table.choice("dialect", Dialect.class, Dialect.ENTRAIN),
                Path.of(table.text("port", ANY, "the path of a serial line, such as /dev/ttyUSB0")),
                foot,
                table.whole("baud", LineConfig.MIN_BAUD, LineConfig.MAX_BAUD, "bit/s", LineConfig.MIN_BAUD),
                table.number("rate_hz", 1, 1000, "Hz", 200));
    }

    private static I2cConfig chip(ConfigTable table, Foot foot) throws ConfigException {
        String words =
                Arrays.stream(ImuChip.values()).map(ImuChip::word).collect(Collectors.joining("|", AUTO + "|", ""));
        @Nullable
        ImuChip chip = ImuChip.of(table.text("chip", words, "one of \"" + words.replace("|", "\", \"") + "\"", AUTO));
        return new I2cConfig(
                Path.of(table.text("i2c", ANY, "the path of an I2C bus, such as /dev/i2c-1")),
                table.whole(
                        "address",
                        I2cConfig.MIN_ADDRESS,
                        I2cConfig.MAX_ADDRESS,
                        "7-bit address of the chip, 0x08 to 0x77",
                        chip == null ? AUTO_ADDRESS : chip.firstAddress()),
                chip,
                foot,
                table.number("rate_hz", I2cConfig.MIN_RATE_HZ, I2cConfig.MAX_RATE_HZ, "Hz", I2cConfig.DEFAULT_RATE_HZ));
    }
}
