/** What a foot sensor says, in SI units: the currency between sensors and gait. */
@NullMarked
package dev.entrain.sample;

import org.jspecify.annotations.NullMarked;
