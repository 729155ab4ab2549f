/**
 * Playing a song on planned beats. Two threads work ahead of the audio thread, which only copies: one decodes and puts the
 * song on the output's rate, some ten seconds ahead; one stretches and mixes it, 60 ms ahead, steered by the plan.
 */
@NullMarked
package dev.entrain.audio.music;

import org.jspecify.annotations.NullMarked;
