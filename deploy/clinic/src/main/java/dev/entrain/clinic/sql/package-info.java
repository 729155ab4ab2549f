/** Plain SQL over a pool of connections: prepared statements only, every one with a bound on time and rows. */
@NullMarked
package dev.entrain.clinic.sql;

import org.jspecify.annotations.NullMarked;
