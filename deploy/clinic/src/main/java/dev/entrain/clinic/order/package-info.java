/** What the clinic asks of a unit: prescriptions, settings and commands, signed so that the unit knows whose they are. */
@NullMarked
package dev.entrain.clinic.order;

import org.jspecify.annotations.NullMarked;
