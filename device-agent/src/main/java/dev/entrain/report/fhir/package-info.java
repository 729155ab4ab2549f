/** Sessions as FHIR R4 observations. The code system is in deploy/fhir. */
@NullMarked
package dev.entrain.report.fhir;

import org.jspecify.annotations.NullMarked;
