/** When the walker nearly falls, or falls. Only the tracker looks in here. */
@NullMarked
package dev.entrain.gait.balance;

import org.jspecify.annotations.NullMarked;
