/** The board's wires through Pi4J, the only package that knows it. Its native libraries are made for arm. */
@NullMarked
package dev.entrain.bus.pi4j;

import org.jspecify.annotations.NullMarked;
