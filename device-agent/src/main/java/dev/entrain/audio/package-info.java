/** Puts cues on exact frames of a continuous stereo stream. */
@NullMarked
package dev.entrain.audio;

import org.jspecify.annotations.NullMarked;
