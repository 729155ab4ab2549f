/** The Fourier transform, once for everybody who needs one. */
@NullMarked
package dev.entrain.spectrum;

import org.jspecify.annotations.NullMarked;
