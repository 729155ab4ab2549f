/** Motion sensors on I2C buses: finding, setting, emptying their queues. Whatever bus is behind {@code I2cBuses}. */
@NullMarked
package dev.entrain.sensor.i2c;

import org.jspecify.annotations.NullMarked;
