package dev.entrain.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.agent.RunningAgent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether the unit has power enough and stays cool. */
public final class PowerCheck implements Check {
    private static final String AREA = "power";
    private static final int LOW_PCT = 20;

    /** A Raspberry Pi slows down at 80 degrees. */
    private static final double HOT_C = 78;

    private final @Nullable RunningAgent agent;
    private final SystemFiles files;

    /**
     * Makes one.
     *
     * @param agent that runs and reads the fuel gauge; null if none does
     */
    public PowerCheck(@Nullable RunningAgent agent, SystemFiles files) {
        this.agent = agent;
        this.files = files;
    }

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        findings.add(battery());
        findings.add(supply());
        findings.add(temperature());
        return findings;
    }

    private Finding battery() {
        if (agent == null) {
            return Finding.skipped(AREA, "battery", "the agent reads it, and does not run");
        }
        JsonNode percent = agent.status().path("battery").path("percent");
        if (!percent.isNumber()) {
            return Finding.skipped(AREA, "battery", "no gauge tells its charge ([board] battery_i2c)");
        }
        return percent.asInt() <= LOW_PCT
                ? Finding.warn(AREA, "battery", percent.asInt() + " %", "Charge the unit before the next walk")
                : Finding.ok(AREA, "battery", percent.asInt() + " %");
    }

    private Finding supply() {
        for (Path chip : files.list("sys/class/hwmon", "hwmon*")) {
            if ("rpi_volt".equals(SystemFiles.text(chip.resolve("name")))) {
                return "1".equals(SystemFiles.text(chip.resolve("in0_lcrit_alarm")))
                        ? Finding.warn(
                                AREA,
                                "supply",
                                "too low a voltage since the start",
                                "Take a shorter, thicker cable or a stronger supply (5.1 V, 3 A); sound and SD card suffer")
                        : Finding.ok(AREA, "supply", "was never too low since the start");
            }
        }
        return Finding.skipped(AREA, "supply", "this board does not tell");
    }

    private Finding temperature() {
        String text = files.text("sys/class/thermal/thermal_zone0/temp");
        if (text == null || !text.matches("-?\\d{1,7}")) {
            return Finding.skipped(AREA, "processor", "this board does not tell its temperature");
        }
        double celsius = Integer.parseInt(text) / 1000.0;
        String value = String.format(Locale.ROOT, "%.0f C", celsius);
        return celsius > HOT_C
                ? Finding.warn(AREA, "processor", value, "It slows down: let air to it, take it out of the sun")
                : Finding.ok(AREA, "processor", value);
    }
}
