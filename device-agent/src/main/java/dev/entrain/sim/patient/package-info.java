/**
 * A walker who hears: a patient whose steps follow beats and words as published models of people do, decided causally,
 * all chance from a seed. What he does comes out as moves of the walking model, so sensor readings follow.
 */
@NullMarked
package dev.entrain.sim.patient;

import org.jspecify.annotations.NullMarked;
