package dev.entrain.clinic.load;

/**
 * What emulated units do.
 *
 * @param units how many
 * @param periodNs one state and one message of five records in so long, each unit, ns
 * @param resendNs without progress for so long, a unit sends again, ns; then after twice that, up to four times
 */
public record FleetPlan(int units, long periodNs, long resendNs) {}
