/**
 * Scores what a replay wrote against the reference events of a recording set: {@code entrain validate}. VALIDATION.md says
 * what each figure means.
 */
@NullMarked
package dev.entrain.validation;

import org.jspecify.annotations.NullMarked;
