/** The composition root: builds the live agent's threads and rings from a configuration. */
@NullMarked
package dev.entrain.agent;

import org.jspecify.annotations.NullMarked;
