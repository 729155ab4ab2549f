/** Seeded randomness, the same on every machine and every Java release. For the walking model and the fractal metronome. */
@NullMarked
package dev.entrain.noise;

import org.jspecify.annotations.NullMarked;
