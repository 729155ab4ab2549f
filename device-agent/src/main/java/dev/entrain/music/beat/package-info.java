/**
 * Where the beats of a recording are: found once, offline, when a song comes to the shelf. Pure computation, no files.
 */
@NullMarked
package dev.entrain.music.beat;

import org.jspecify.annotations.NullMarked;
