package dev.entrain.protocol;

/**
 * How a sensor is.
 *
 * @param batteryPercent 0 to 100, or -1 if not known
 * @param batteryMillivolts over 0, or 0 if not known
 * @param temperatureC of the sensor, NaN if not known
 * @param faults bit set of the faults PROTOCOL.md names, 0 = none
 * @param uptimeTicks raw device counter when the status was made
 */
public record DeviceStatus(
        int batteryPercent, int batteryMillivolts, double temperatureC, int faults, long uptimeTicks) {}
