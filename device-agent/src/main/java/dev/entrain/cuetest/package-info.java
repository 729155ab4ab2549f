/** Plays a known schedule through the walk's own audio thread and measures how well it was kept. */
@NullMarked
package dev.entrain.cuetest;

import org.jspecify.annotations.NullMarked;
