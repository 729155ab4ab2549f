/** Records of a walk and the log they wait in until the clinic has them. */
@NullMarked
package dev.entrain.journal;

import org.jspecify.annotations.NullMarked;
