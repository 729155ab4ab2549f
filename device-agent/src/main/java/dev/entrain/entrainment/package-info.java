/**
 * How steps and beats go together, measured while they come: relative phase, lock, asynchrony, phase correction. Part of
 * the control core; realtime-safe.
 */
@NullMarked
package dev.entrain.entrainment;

import org.jspecify.annotations.NullMarked;
