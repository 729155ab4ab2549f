/**
 * Plots: panels with axes, curves and marks, on a canvas that is a file of SVG or whatever else can be drawn on. Knows
 * nothing of gait.
 */
@NullMarked
package dev.entrain.plot;

import org.jspecify.annotations.NullMarked;
