/** Who a unit is: its key, its certificate and whom it trusts. The key never leaves the unit. */
@NullMarked
package dev.entrain.identity;

import org.jspecify.annotations.NullMarked;
