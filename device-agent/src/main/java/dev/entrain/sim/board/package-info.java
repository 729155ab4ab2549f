/** The board's wires in memory: GPIO lines to press and look at, a fuel gauge whose charge is set by hand. */
@NullMarked
package dev.entrain.sim.board;

import org.jspecify.annotations.NullMarked;
