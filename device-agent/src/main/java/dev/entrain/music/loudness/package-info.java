/** How loud a song is by EBU R128, through libebur128, called with the Foreign Function and Memory API. */
@NullMarked
package dev.entrain.music.loudness;

import org.jspecify.annotations.NullMarked;
