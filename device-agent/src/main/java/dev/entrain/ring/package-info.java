/** Single-producer single-consumer rings, the only places where threads meet. */
@NullMarked
package dev.entrain.ring;

import org.jspecify.annotations.NullMarked;
