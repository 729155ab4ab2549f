/** Clocks. The only room that asks the operating system what time it is. */
@NullMarked
package dev.entrain.time;

import org.jspecify.annotations.NullMarked;
