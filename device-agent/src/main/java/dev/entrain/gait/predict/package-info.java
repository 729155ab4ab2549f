/** When a foot will touch next, and where it is in its cycle. */
@NullMarked
package dev.entrain.gait.predict;

import org.jspecify.annotations.NullMarked;
