/** From foot samples to gait events, phase and the next contact. Strictly causal, no threads, no allocation. */
@NullMarked
package dev.entrain.gait;

import org.jspecify.annotations.NullMarked;
