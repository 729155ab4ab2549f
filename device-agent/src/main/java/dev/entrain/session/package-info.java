/**
 * Therapy programmes: what is prescribed ({@link dev.entrain.session.Programme}), the engine that gives it, and the rules
 * that end or hold it ({@link dev.entrain.session.SafetyRule}). Deterministic; part of the control core.
 */
@NullMarked
package dev.entrain.session;

import org.jspecify.annotations.NullMarked;
