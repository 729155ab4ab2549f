package dev.entrain.provision;

import dev.entrain.sensor.I2cConfig;
import dev.entrain.sensor.i2c.I2cScan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks on every I2C bus for the motion sensors that are known. Used by one thread. */
final class I2cFinder implements SensorFinder {
    @Override
    public Result find(Bench bench) throws QuitException {
        List<Path> buses = bench.host().list("dev", "i2c-*");
        if (buses.isEmpty()) {
            return new Result(List.of(), List.of());
        }
        bench.console().progress("Looking at the I2C buses", 0);
        bench.console().pause(0);
        I2cScan.Seen seen = I2cScan.find(bench.buses(), buses);
        bench.console().progress("Looking at the I2C buses", 1);
        List<FoundSensor> found = new ArrayList<>();
        for (I2cScan.Found chip : seen.chips()) {
            Map<String, String> wiring = new LinkedHashMap<>();
            wiring.put("i2c", chip.bus().toString());
            wiring.put("address", String.format(Locale.ROOT, "0x%02x", chip.address()));
            wiring.put("chip", chip.chip().word());
            wiring.put("rate_hz", String.format(Locale.ROOT, "%.0f", I2cConfig.DEFAULT_RATE_HZ));
            found.add(new FoundSensor(
                    chip.place(),
                    "motion sensor " + chip.chip().word() + ", for either foot",
                    "",
                    null,
                    I2cConfig.DEFAULT_RATE_HZ,
                    wiring));
        }
        List<String> told = new ArrayList<>(seen.problems());
        if (found.isEmpty() && told.isEmpty()) {
            told.add("I2C: no motion sensor at 0x68, 0x69, 0x6a or 0x6b; check its four wires");
        }
        return new Result(found, told);
    }
}
