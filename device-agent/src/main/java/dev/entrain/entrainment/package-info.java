/**
 * Whether the steps are locked to the beat, judged while they come and by the same criterion afterwards. Part of
 * the control core; realtime-safe.
 */
@NullMarked
package dev.entrain.entrainment;

import org.jspecify.annotations.NullMarked;
