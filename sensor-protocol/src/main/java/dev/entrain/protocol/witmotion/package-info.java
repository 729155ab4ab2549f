/** The serial dialect of WitMotion's WT901 family, a sensor one can buy; WITMOTION.md says how to set it up. */
@NullMarked
package dev.entrain.protocol.witmotion;

import org.jspecify.annotations.NullMarked;
