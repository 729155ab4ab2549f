/** What Prometheus asks for. */
@NullMarked
package dev.entrain.clinic.metrics;

import org.jspecify.annotations.NullMarked;
