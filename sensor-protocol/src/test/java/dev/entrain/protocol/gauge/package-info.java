/** Tests of the WitMotion dialect. */
@NullMarked
package dev.entrain.protocol.gauge;

import org.jspecify.annotations.NullMarked;
