/** A clinic that means harm: messages a unit must refuse, and the line they come by. */
@NullMarked
package dev.entrain.sim.orders;

import org.jspecify.annotations.NullMarked;
