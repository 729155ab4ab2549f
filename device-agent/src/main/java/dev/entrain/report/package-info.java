/**
 * What people and other programs get to see of a session: a page in the terminal, a report in HTML or PDF ({@code .pdf}),
 * tables in CSV, observations in FHIR ({@code .fhir}). Computes no metric: figures come from {@code outcome} as they are.
 */
@NullMarked
package dev.entrain.report;

import org.jspecify.annotations.NullMarked;
