/** Serial lines through jSerialComm, the only package that knows it. */
@NullMarked
package dev.entrain.sensor.serial;

import org.jspecify.annotations.NullMarked;
