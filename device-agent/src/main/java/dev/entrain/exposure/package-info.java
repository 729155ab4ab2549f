/** The sound dose of the last 7 days, kept across restarts, and the rule that warns and lowers. */
@NullMarked
package dev.entrain.exposure;

import org.jspecify.annotations.NullMarked;
