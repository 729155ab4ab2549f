/** Pseudo-terminal pairs through the C library, the only package that knows it. Linux only. */
@NullMarked
package dev.entrain.sim.pty;

import org.jspecify.annotations.NullMarked;
