/** Recordings of a walk's samples as text files: read, written, and replayed as if a sensor sent them. */
@NullMarked
package dev.entrain.sensor.recording;

import org.jspecify.annotations.NullMarked;
