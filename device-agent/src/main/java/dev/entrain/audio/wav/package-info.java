/** Sound into WAV files: paced as a card would be, or as fast as a replay runs. */
@NullMarked
package dev.entrain.audio.wav;

import org.jspecify.annotations.NullMarked;
