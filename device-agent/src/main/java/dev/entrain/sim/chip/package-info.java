/** Motion sensors as registers on an I2C bus in memory, with the faults that real buses have. */
@NullMarked
package dev.entrain.sim.chip;

import org.jspecify.annotations.NullMarked;
