/** The shelf of songs on the unit: copied files and what was found out about them, in one small database. */
@NullMarked
package dev.entrain.music.library;

import org.jspecify.annotations.NullMarked;
