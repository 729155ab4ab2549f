/**
 * What a song is to the unit: its sound, its beats, its parts and what this patient thinks of it. The inner rooms read it,
 * judge it and keep it; nothing here knows an output, a cue or the agent.
 */
@NullMarked
package dev.entrain.music;

import org.jspecify.annotations.NullMarked;
