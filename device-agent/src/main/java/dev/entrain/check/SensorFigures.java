package dev.entrain.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.sensor.SensorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How one sensor does, measured here or told by the running agent. What is not known is not a number, -1 or empty.
 *
 * @param foot left or right
 * @param connection its line
 * @param state of the line
 * @param problem why the line can't be opened
 * @param rateHz readings a second
 * @param nominalHz what the sensor says its rate is
 * @param lossPct share of its readings that did not come, %
 * @param skewPpm by how much its clock runs fast
 * @param uncertaintyMs how far a reading's time may be off, about 95 %
 * @param reanchors how often its clock was found to have jumped
 * @param temperatureC of the sensor
 * @param batteryPct charge of the insole
 * @param faults it tells, lower case
 * @param identity serial number and firmware
 * @param rest its noise; null where not measured
 * @param swapped probability that the feet are exchanged
 */
record SensorFigures(
        String foot,
        String connection,
        SensorState state,
        String problem,
        double rateHz,
        double nominalHz,
        double lossPct,
        double skewPpm,
        double uncertaintyMs,
        long reanchors,
        double temperatureC,
        int batteryPct,
        List<String> faults,
        String identity,
        @Nullable Rest rest,
        double swapped) {
    /**
     * Its readings over some seconds.
     *
     * @param gyrDegps noise of the angular rate from reading to reading, worst axis, deg/s
     * @param accMg noise of the specific force, worst axis, mg
     * @param gyrMovedDegps standard deviation of the angular rate, worst axis, deg/s: noise and movement
     * @param accMovedMg the same of the specific force, mg
     * @param biasDegps length of the mean angular rate, deg/s
     * @param gravityG length of the mean specific force, g
     */
    record Rest(
            double gyrDegps,
            double accMg,
            double gyrMovedDegps,
            double accMovedMg,
            double biasDegps,
            double gravityG) {}

    /** Takes what the running agent tells of a sensor. */
    static SensorFigures of(JsonNode told) {
        List<String> faults = new ArrayList<>();
        told.path("faults").forEach(fault -> faults.add(fault.asText()));
        return new SensorFigures(
                told.path("foot").asText(),
                told.path("connection").asText(),
                state(told.path("state").asText()),
                told.path("problem").asText(),
                number(told, "rate_hz"),
                number(told, "nominal_rate_hz"),
                number(told, "loss_pct"),
                number(told, "skew_ppm"),
                number(told, "uncertainty_us") / 1000,
                told.path("reanchors").asLong(),
                number(told, "temperature_c"),
                told.path("battery_pct").asInt(-1),
                faults,
                identity(told.path("serial").asText(), told.path("firmware").asText()),
                null,
                number(told, "swapped"));
    }

    static String identity(String serial, String firmware) {
        return serial.isEmpty() ? "" : serial + (firmware.isEmpty() ? "" : ", firmware " + firmware);
    }

    private static SensorState state(String word) {
        for (SensorState state : SensorState.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(word)) {
                return state;
            }
        }
        return SensorState.ABSENT;
    }

    private static double number(JsonNode node, String name) {
        return node.path(name).asDouble(Double.NaN);
    }
}
