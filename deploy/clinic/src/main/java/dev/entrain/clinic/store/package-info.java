/** The clinic's tables in PostgreSQL: opening, migrating, and storing what came exactly once; the only place that writes records. */
@NullMarked
package dev.entrain.clinic.store;

import org.jspecify.annotations.NullMarked;
