/** Insoles that are not there: a recording sent over pseudo-terminals in the wire protocol, in real time. */
@NullMarked
package dev.entrain.sim.insole;

import org.jspecify.annotations.NullMarked;
