/**
 * From foot samples to gait events, phase and the next contact. Strictly causal, no threads, no allocation.
 *
 * <p>Where to start reading: {@link dev.entrain.gait.PairTracker} holds two feet; FootTracker is one of them and passes
 * each reading on. GyroBias, SwingAxis, SwingSign and SampleHistory find how the sensor sits; SwingScale and
 * ContactDetector (with PushOff, LandingLobe, FootRest and FlatStep) find contacts; Lead, ErrorBand and ContactPredictor expect the next one;
 * PhaseTracker runs between them; StrideIntegrator and Strapdown measure strides. All thresholds are fractions of what
 * this walker did of late, all spans are seconds, and nothing depends on how the sensor is mounted.
 */
@NullMarked
package dev.entrain.gait;

import org.jspecify.annotations.NullMarked;
