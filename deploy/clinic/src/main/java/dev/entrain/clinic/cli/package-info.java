/** The command line of the clinic's side; puts the parts together. */
@NullMarked
package dev.entrain.clinic.cli;

import org.jspecify.annotations.NullMarked;
