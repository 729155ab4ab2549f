/** Sound cards through libasound, called with the Foreign Function and Memory API. */
@NullMarked
package dev.entrain.audio.alsa;

import org.jspecify.annotations.NullMarked;
