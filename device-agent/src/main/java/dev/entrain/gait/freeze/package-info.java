/** When the walker freezes: wants to walk and does not get on. Only the tracker looks in here. */
@NullMarked
package dev.entrain.gait.freeze;

import org.jspecify.annotations.NullMarked;
