/** How far a foot went: strapdown integration with zero-velocity updates. */
@NullMarked
package dev.entrain.gait.stride;

import org.jspecify.annotations.NullMarked;
