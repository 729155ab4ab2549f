/** What the clinic may ask of a unit from afar: prescriptions, settings, commands; checked before anything changes. */
@NullMarked
package dev.entrain.remote;

import org.jspecify.annotations.NullMarked;
