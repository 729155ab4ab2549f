/** Tests of the WitMotion dialect. */
@NullMarked
package dev.entrain.protocol.witmotion;

import org.jspecify.annotations.NullMarked;
