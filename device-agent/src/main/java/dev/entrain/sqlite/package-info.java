/** SQLite's own code on the unit, for every room that keeps a database. */
@NullMarked
package dev.entrain.sqlite;

import org.jspecify.annotations.NullMarked;
