/** Foot sensors: what one is, how its line is kept up, and where its readings go. Adapters are packages below. */
@NullMarked
package dev.entrain.sensor;

import org.jspecify.annotations.NullMarked;
