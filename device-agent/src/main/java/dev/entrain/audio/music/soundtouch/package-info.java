/** Stretching by SoundTouch, loaded from the system through its C interface. */
@NullMarked
package dev.entrain.audio.music.soundtouch;

import org.jspecify.annotations.NullMarked;
