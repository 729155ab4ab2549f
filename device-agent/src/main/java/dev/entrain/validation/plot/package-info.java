/** A small writer of plots as SVG: panels with axes, curves and marks. Knows nothing of gait. */
@NullMarked
package dev.entrain.validation.plot;

import org.jspecify.annotations.NullMarked;
