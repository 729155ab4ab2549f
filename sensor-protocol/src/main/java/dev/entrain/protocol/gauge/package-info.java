/** The registers of a battery's fuel gauge, as pure byte parsing. */
@NullMarked
package dev.entrain.protocol.gauge;

import org.jspecify.annotations.NullMarked;
