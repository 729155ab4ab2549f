package dev.entrain.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.agent.RunningAgent;
import dev.entrain.bus.I2cBuses;
import dev.entrain.device.BatteryGauge;
import dev.entrain.device.BatteryReading;
import dev.entrain.device.BoardConfig;
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
    private final BoardConfig board;
    private final I2cBuses buses;
    private final SystemFiles files;

    /**
     * Makes one.
     *
     * @param agent that runs and reads the fuel gauge; null if none does, and the gauge is read here
     * @param board where the gauge is
     * @param buses where it is reached
     */
    public PowerCheck(@Nullable RunningAgent agent, BoardConfig board, I2cBuses buses, SystemFiles files) {
        this.agent = agent;
        this.board = board;
        this.buses = buses;
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
        Path bus = board.batteryBus();
        if (bus == null) {
            return Finding.skipped(AREA, "battery", "no gauge tells its charge ([board] battery_i2c)");
        }
        if (agent != null) {
            JsonNode told = agent.status().path("battery");
            return told.path("percent").isNumber()
                    ? charge(
                            told.path("percent").asDouble(),
                            told.path("charging").asBoolean())
                    : trouble(told.path("trouble").asText());
        }
        try (BatteryGauge gauge = new BatteryGauge(buses, bus, board.shutdownPct())) {
            BatteryReading reading = gauge.read();
            return reading == null
                    ? trouble(gauge.trouble())
                    : charge(reading.chargePct(), reading.ratePctPerHour() > 0);
        }
    }

    private static Finding charge(double percent, boolean charging) {
        String value = String.format(Locale.ROOT, "%.0f %%%s", percent, charging ? ", charging" : "");
        return percent <= LOW_PCT && !charging
                ? Finding.warn(AREA, "battery", value, "Charge the unit before the next walk")
                : Finding.ok(AREA, "battery", value);
    }

    private static Finding trouble(String told) {
        return told.isEmpty()
                ? Finding.skipped(AREA, "battery", "not read yet")
                : Words.of(
                        Verdict.WARN,
                        AREA,
                        "battery",
                        told,
                        "Check the gauge's wires; entrain board show reads it again");
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
