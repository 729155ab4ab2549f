/** Sound files read through libsndfile, called with the Foreign Function and Memory API. */
@NullMarked
package dev.entrain.music.decode;

import org.jspecify.annotations.NullMarked;
