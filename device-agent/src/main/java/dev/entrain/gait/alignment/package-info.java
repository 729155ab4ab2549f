/** How a foot's sensor sits: gyroscope bias, swing axis and its sign. */
@NullMarked
package dev.entrain.gait.alignment;

import org.jspecify.annotations.NullMarked;
