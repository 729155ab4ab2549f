package dev.entrain.device;

/**
 * What the fuel gauge said once.
 *
 * @param chargePct state of charge, %; may be a little over 100
 * @param volts of the cell, V
 * @param ratePctPerHour how fast the charge changes, % an hour, negative while it falls
 */
public record BatteryReading(double chargePct, double volts, double ratePctPerHour) {}
