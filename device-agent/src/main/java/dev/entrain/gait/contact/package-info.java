/** When a foot touches and leaves the ground. */
@NullMarked
package dev.entrain.gait.contact;

import org.jspecify.annotations.NullMarked;
