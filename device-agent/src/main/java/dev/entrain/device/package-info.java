/** What a technician wires to the board besides sensors and sound: button, light, battery; and which board it is. */
@NullMarked
package dev.entrain.device;

import org.jspecify.annotations.NullMarked;
