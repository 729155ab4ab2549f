/** Runs recordings through the control core again and writes down what it decided. */
@NullMarked
package dev.entrain.replay;

import org.jspecify.annotations.NullMarked;
