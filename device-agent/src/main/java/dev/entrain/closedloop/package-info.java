/**
 * The whole control core in the loop with a simulated patient: readings in, beats and words back to the one who walks. A
 * session of half an hour takes seconds, from a seed; every beat is checked against the rules of safety from outside.
 */
@NullMarked
package dev.entrain.closedloop;

import org.jspecify.annotations.NullMarked;
