/**
 * From foot samples to gait events, phase and the next contact. Strictly causal, no threads, no allocation.
 *
 * <p>Here are the views that the rest of the house sees. Behind them: {@code track} puts one foot and then two together
 * (start reading at PairTracker); {@code alignment} finds how a sensor sits; {@code contact} finds when the foot touches
 * and leaves the ground; {@code predict} expects the next contact and runs the phase; {@code stride} measures the way;
 * {@code freeze} notices when the walker moves but does not get on. All thresholds are fractions of what this walker did of
 * late, all spans are seconds, and nothing depends on how the sensor is mounted.
 */
@NullMarked
package dev.entrain.gait;

import org.jspecify.annotations.NullMarked;
