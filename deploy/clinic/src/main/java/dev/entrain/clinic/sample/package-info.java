/** Simulated patients and their weeks, for demonstrations and tests. Marked as simulated, and never put among real ones. */
@NullMarked
package dev.entrain.clinic.sample;

import org.jspecify.annotations.NullMarked;
