/**
 * A walking person with an IMU on each foot: scripted gait in, sensor readings and exact reference events out, from a
 * seed.
 *
 * <p>Three parts, each replaceable: a {@link dev.entrain.sim.walk.StepTimer} says when the next foot touches, a {@link
 * dev.entrain.sim.walk.Walker} decides movement by movement what the feet do, and a {@link
 * dev.entrain.sim.walk.WalkModel} turns the movements into readings, causally and in constant memory.
 */
@NullMarked
package dev.entrain.sim.walk;

import org.jspecify.annotations.NullMarked;
