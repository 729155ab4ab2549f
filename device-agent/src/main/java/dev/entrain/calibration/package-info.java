/** What this unit measured of its outputs and headphones, kept in its state folder. */
@NullMarked
package dev.entrain.calibration;

import org.jspecify.annotations.NullMarked;
