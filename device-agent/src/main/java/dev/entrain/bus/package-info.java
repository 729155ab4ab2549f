/** The wires of the board, as the rooms that use them see them: I2C buses and GPIO lines. Adapters are in rooms below. */
@NullMarked
package dev.entrain.bus;

import org.jspecify.annotations.NullMarked;
