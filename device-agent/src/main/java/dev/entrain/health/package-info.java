/** Counters that a technician and the telemetry read. */
@NullMarked
package dev.entrain.health;

import org.jspecify.annotations.NullMarked;
