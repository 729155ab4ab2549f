/**
 * How well beats are found: pieces composed by seed with known beats, the measures of the field, a peer's answers beside
 * ours ({@code deploy/beat-eval}; MUSIC.md says what each figure means).
 */
@NullMarked
package dev.entrain.validation.beat;

import org.jspecify.annotations.NullMarked;
