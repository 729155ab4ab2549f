/** Emulated units for load: many connections in one process, none of it used by the receiver. */
@NullMarked
package dev.entrain.clinic.load;

import org.jspecify.annotations.NullMarked;
