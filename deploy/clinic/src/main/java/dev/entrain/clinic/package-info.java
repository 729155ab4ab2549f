/** The clinic's side: receives what units publish, stores it once, and shows it. Research software, not a medical device. */
@NullMarked
package dev.entrain.clinic;

import org.jspecify.annotations.NullMarked;
