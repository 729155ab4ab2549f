/** Writes what a Debian package says of itself: manual page, completion, list of changes. Runs at build time only. */
@NullMarked
package dev.entrain.debian;

import org.jspecify.annotations.NullMarked;
