/** Tests of the WitMotion dialect. */
@NullMarked
package dev.entrain.protocol.imu;

import org.jspecify.annotations.NullMarked;
