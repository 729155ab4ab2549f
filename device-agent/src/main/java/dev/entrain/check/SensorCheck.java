package dev.entrain.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.agent.RunningAgent;
import dev.entrain.bus.I2cBuses;
import dev.entrain.sensor.SensorConfig;
import dev.entrain.time.NanoClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Whether each foot's sensor is there, brings its readings at its rate, and is quiet at rest. The limits are wide: a foot
 * needs far less than the sensors give, and what is out of them is broken or set up wrongly.
 */
public final class SensorCheck implements Check {
    private static final double RATE_GOOD = 0.02;
    private static final double RATE_BEARABLE = 0.1;
    private static final double LOSS_GOOD_PCT = 0.5;
    private static final double LOSS_BEARABLE_PCT = 5;
    private static final double SKEW_MOST_PPM = 20_000;
    private static final double UNCERTAINTY_MOST_MS = 10;
    private static final long REANCHORS_MOST = 3;
    private static final double MOVED_DEGPS = 3;
    private static final double MOVED_MG = 60;

    /** Ten times what the sensors' datasheets promise at 200 Hz (LSM6DSOX, ICM-20948, MPU-6050). */
    private static final double NOISE_MOST_DEGPS = 0.7;

    private static final double NOISE_MOST_MG = 25;
    private static final double BIAS_MOST_DEGPS = 20;
    private static final double GRAVITY_OFF_G = 0.12;
    private static final double COLD_C = -10;
    private static final double HOT_C = 60;
    private static final int BATTERY_LOW_PCT = 15;
    private static final double SURELY_SWAPPED = 0.9;

    private final Supplier<List<SensorFigures>> source;
    private final boolean opened;

    private SensorCheck(Supplier<List<SensorFigures>> source, boolean opened) {
        this.source = source;
        this.opened = opened;
    }

    /** Returns one that opens the sensors itself and listens for 3 s; the agent must not run. */
    public static SensorCheck opening(List<SensorConfig> sensors, I2cBuses buses, NanoClock clock) {
        return new SensorCheck(() -> new SensorTrial(sensors, buses, clock).run(), true);
    }

    /** Returns one that takes what the running agent tells. */
    public static SensorCheck of(RunningAgent agent) {
        return new SensorCheck(
                () -> {
                    List<SensorFigures> figures = new ArrayList<>();
                    for (JsonNode sensor : agent.status().path("sensors")) {
                        figures.add(SensorFigures.of(sensor));
                    }
                    return figures;
                },
                false);
    }

    @Override
    public String area() {
        return "sensor";
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        List<SensorFigures> all = source.get();
        for (SensorFigures sensor : all) {
            judge(sensor, findings);
        }
        if (all.size() == 1) {
            findings.add(Finding.ok(area(), "feet", "only the " + all.getFirst().foot() + " foot, as configured"));
        }
        if (all.stream().anyMatch(sensor -> sensor.swapped() > SURELY_SWAPPED)) {
            findings.add(Finding.warn(
                    area(),
                    "feet",
                    "left and right look exchanged, by the way they walk",
                    "Look at the feet: is the left insole in the left shoe? Nothing is exchanged by itself"));
        }
        return findings;
    }

    private void judge(SensorFigures sensor, List<Finding> to) {
        String area = area() + " " + sensor.foot();
        Finding line = line(area, sensor);
        to.add(line);
        if (line.verdict() == Verdict.FAIL) {
            return;
        }
        to.add(rate(area, sensor));
        to.add(loss(area, sensor));
        to.add(clock(area, sensor));
        to.add(noise(area, sensor));
        temperature(area, sensor, to);
        battery(area, sensor, to);
        if (!sensor.faults().isEmpty()) {
            to.add(Finding.warn(
                    area,
                    "faults",
                    "the sensor tells: " + String.join(", ", sensor.faults()).replace('_', ' '),
                    "Switch it off and on; if it tells it again, exchange the insole"));
        }
    }

    private static Finding line(String area, SensorFigures sensor) {
        String where = sensor.connection();
        return switch (sensor.state()) {
            case FLOWING ->
                Finding.ok(area, "line", where + (sensor.identity().isEmpty() ? "" : ": " + sensor.identity()));
            case ABSENT ->
                Words.fail(
                        area,
                        "line",
                        where + ": " + (sensor.problem().isEmpty() ? "is not there" : sensor.problem()),
                        "Plug the sensor in, or correct its line in the configuration");
            case SILENT ->
                Finding.fail(
                        area,
                        "line",
                        where + ": open, but no readings come",
                        "Switch the insole on, charge it, check the cable; if bytes come that make no sense (see the log),"
                                + " check dialect and baud");
            case FOOT_UNKNOWN ->
                Finding.fail(
                        area,
                        "line",
                        where + ": the sensor does not say its foot (" + sensor.identity() + ")",
                        "Wait 10 s and run this again; is it an insole of Entrain's own protocol?");
            case WRONG_FOOT ->
                Finding.fail(
                        area,
                        "line",
                        where + ": an insole for the other foot is connected (" + sensor.identity() + ")",
                        "Exchange the two insoles, or the two lines in the configuration ([sensor.left], [sensor.right])");
            case CLOSED -> Finding.skipped(area, "line", where + ": closed");
        };
    }

    private static Finding rate(String area, SensorFigures sensor) {
        double rate = sensor.rateHz();
        double nominal = sensor.nominalHz();
        if (Double.isNaN(rate)) {
            return Finding.skipped(area, "rate", "too few readings yet");
        }
        if (Double.isNaN(nominal)) {
            return Finding.ok(area, "rate", String.format(Locale.ROOT, "%.1f Hz", rate));
        }
        // What is lost is told by the loss.
        double came = rate / (1 - Math.min(Double.isNaN(sensor.lossPct()) ? 0 : sensor.lossPct(), 99) / 100);
        double off = Math.abs(came / nominal - 1);
        String value = String.format(Locale.ROOT, "%.1f Hz of %.0f", rate, nominal);
        if (off <= RATE_GOOD) {
            return Finding.ok(area, "rate", value);
        }
        String step =
                "Switch the insole off and on; at the wrong rate the walk is timed wrongly: exchange it if it stays";
        return off <= RATE_BEARABLE ? Finding.warn(area, "rate", value, step) : Finding.fail(area, "rate", value, step);
    }

    private static Finding loss(String area, SensorFigures sensor) {
        double loss = sensor.lossPct();
        if (Double.isNaN(loss)) {
            return Finding.skipped(area, "loss", "too few readings yet");
        }
        String value = String.format(Locale.ROOT, "%.2f %%", loss);
        if (loss <= LOSS_GOOD_PCT) {
            return Finding.ok(area, "loss", value);
        }
        String step = "Check cable and plugs, keep the line away from chargers; try another cable";
        return loss <= LOSS_BEARABLE_PCT
                ? Finding.warn(area, "loss", value, step)
                : Finding.fail(area, "loss", value, step);
    }

    private Finding clock(String area, SensorFigures sensor) {
        String value = String.format(
                Locale.ROOT,
                "%+.0f ppm, times within %.1f ms, anchored anew %d times",
                sensor.skewPpm(),
                sensor.uncertaintyMs(),
                sensor.reanchors());
        if (Math.abs(sensor.skewPpm()) > SKEW_MOST_PPM || sensor.reanchors() > REANCHORS_MOST) {
            return Finding.warn(
                    area, "clock", value, "The sensor's clock is unsteady or restarts: check its supply and its plugs");
        }
        return sensor.uncertaintyMs() > UNCERTAINTY_MOST_MS
                ? Finding.warn(
                        area,
                        "clock",
                        value,
                        opened
                                ? "Readings come in bursts: set the adapter's latency to 1 ms (udev rule), use no hub"
                                : "Readings come in bursts: is the unit busy? Use no hub; see the adapter's latency (udev rule)")
                : Finding.ok(area, "clock", value);
    }

    private Finding noise(String area, SensorFigures sensor) {
        SensorFigures.Rest rest = sensor.rest();
        if (rest == null) {
            return Finding.skipped(
                    area, "noise", opened ? "too few readings" : "not measured while the agent runs (a foot moves)");
        }
        if (rest.gyrMovedDegps() > MOVED_DEGPS || rest.accMovedMg() > MOVED_MG) {
            return Finding.skipped(area, "noise", "it was moved; lay it still to measure its noise");
        }
        String value = String.format(
                Locale.ROOT,
                "%.2f deg/s, %.1f mg; offset %.1f deg/s, gravity %.2f g",
                rest.gyrDegps(),
                rest.accMg(),
                rest.biasDegps(),
                rest.gravityG());
        boolean noisy = rest.gyrDegps() > NOISE_MOST_DEGPS || rest.accMg() > NOISE_MOST_MG;
        boolean off = rest.biasDegps() > BIAS_MOST_DEGPS || Math.abs(rest.gravityG() - 1) > GRAVITY_OFF_G;
        return noisy || off
                ? Finding.warn(
                        area,
                        "noise",
                        value,
                        (noisy ? "More than a sensor at rest has" : "More off than a sensor should be")
                                + ": lay it still on a table and repeat; exchange it if it stays")
                : Finding.ok(area, "noise", value);
    }

    private void temperature(String area, SensorFigures sensor, List<Finding> to) {
        double celsius = sensor.temperatureC();
        if (Double.isNaN(celsius)) {
            to.add(Finding.skipped(area, "temperature", "the sensor has not told it"));
            return;
        }
        String value = String.format(Locale.ROOT, "%.0f C", celsius);
        to.add(
                celsius < COLD_C || celsius > HOT_C
                        ? Finding.warn(area, "temperature", value, "Let it come to room temperature before a walk")
                        : Finding.ok(area, "temperature", value));
    }

    private void battery(String area, SensorFigures sensor, List<Finding> to) {
        int percent = sensor.batteryPct();
        if (percent >= 0) {
            to.add(
                    percent <= BATTERY_LOW_PCT
                            ? Finding.warn(area, "battery", percent + " %", "Charge the insole")
                            : Finding.ok(area, "battery", percent + " %"));
        }
    }
}
