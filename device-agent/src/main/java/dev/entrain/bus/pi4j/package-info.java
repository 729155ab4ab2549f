/** The board's wires through Pi4J's native libraries; the only room that knows Pi4J. */
@NullMarked
package dev.entrain.bus.pi4j;

import org.jspecify.annotations.NullMarked;
