/** Tests of the wire protocol and the device clock. */
@NullMarked
package dev.entrain.protocol;

import org.jspecify.annotations.NullMarked;
