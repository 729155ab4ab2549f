/** The simulated world around the agent: walkers, clocks and faults. Nothing but the command line and tests uses it. */
@NullMarked
package dev.entrain.sim;

import org.jspecify.annotations.NullMarked;
