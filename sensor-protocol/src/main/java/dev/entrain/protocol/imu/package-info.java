/** Motion sensors on an I2C bus as their data sheets describe them: registers and queues as pure bytes, JDK only. */
@NullMarked
package dev.entrain.protocol.imu;

import org.jspecify.annotations.NullMarked;
