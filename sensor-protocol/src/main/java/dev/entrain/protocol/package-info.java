/**
 * The insole wire protocol of PROTOCOL.md, other dialects that say the same things, and the clock that maps a device's
 * ticks to host time. JDK only.
 */
@NullMarked
package dev.entrain.protocol;

import org.jspecify.annotations.NullMarked;
