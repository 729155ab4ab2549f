/** Puts the trackers of one foot together, and the two feet of one walker. */
@NullMarked
package dev.entrain.gait.track;

import org.jspecify.annotations.NullMarked;
