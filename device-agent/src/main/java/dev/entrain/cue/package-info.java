/** Cue policies, the planner and the limits no policy can bypass. */
@NullMarked
package dev.entrain.cue;

import org.jspecify.annotations.NullMarked;
