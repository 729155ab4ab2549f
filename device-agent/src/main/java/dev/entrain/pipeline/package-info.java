/** The control core: one deterministic step function from sample to gait event to cue plan. */
@NullMarked
package dev.entrain.pipeline;

import org.jspecify.annotations.NullMarked;
