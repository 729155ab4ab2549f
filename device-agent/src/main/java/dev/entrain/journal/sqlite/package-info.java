/** The journal in one SQLite file; the only room that speaks JDBC. */
@NullMarked
package dev.entrain.journal.sqlite;

import org.jspecify.annotations.NullMarked;
