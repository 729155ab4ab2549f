/** Reads and checks the configuration file. Every key has a unit, a range and a default; an unknown key is an error. */
@NullMarked
package dev.entrain.config;

import org.jspecify.annotations.NullMarked;
