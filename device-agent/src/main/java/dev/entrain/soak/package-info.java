/** Reads what a unit that is made to suffer says of itself, and judges it beside what its machine did meanwhile. */
@NullMarked
package dev.entrain.soak;

import org.jspecify.annotations.NullMarked;
