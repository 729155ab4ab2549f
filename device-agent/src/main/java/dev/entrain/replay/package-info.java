/** Runs the control core over recordings and writes down what it said. */
@NullMarked
package dev.entrain.replay;

import org.jspecify.annotations.NullMarked;
