/** A song's beats over its waveform, for a technician who doubts them. */
@NullMarked
package dev.entrain.music.picture;

import org.jspecify.annotations.NullMarked;
