/** A few short pieces of our own, composed and synthesised by this code: the same bits on every machine, every beat known. */
@NullMarked
package dev.entrain.music.tune;

import org.jspecify.annotations.NullMarked;
