package dev.entrain.bench;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.walk.SensorOptions;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkPresets;
import dev.entrain.sim.walk.WalkScript;
import java.util.Locale;

/**
 * How long the slowest single reading takes: a stride is integrated as a whole in the call that ends it, and the first
 * steps are gone through again in the call that finds the mounting. The same walk is walked several times by fresh
 * trackers; for each reading the quickest time counts, so that what the machine did meanwhile drops out.
 */
final class WorstCall implements GaitSink {
    private static final int WALKS = 12;
    private static final double SECONDS = 64;
    private static final String SCRIPT = "stand 3, walk 20, stand 4.5, walk 20, shuffle 8, stand 4";

    private double sum;
    private boolean stride;

    private WorstCall() {}

    /** Measures at a rate and prints the slowest call, the slowest that ended a stride, and the first walk's slowest. */
    static void print(double rateHz) {
        ImuSample[] walk = walk(rateHz);
        long[] quickestNs = new long[walk.length];
        boolean[] endsStride = new boolean[walk.length];
        long coldNs = 0;
        for (int round = 0; round < WALKS; round++) {
            PairTracker tracker = new PairTracker();
            WorstCall sink = new WorstCall();
            for (int i = 0; i < walk.length; i++) {
                sink.stride = false;
                long startNs = System.nanoTime();
                tracker.onSample(walk[i], sink);
                long tookNs = System.nanoTime() - startNs;
                endsStride[i] |= sink.stride;
                quickestNs[i] = round == 0 ? tookNs : Math.min(quickestNs[i], tookNs);
                coldNs = round == 0 ? Math.max(coldNs, tookNs) : coldNs;
            }
            if (!(sink.sum > 0)) {
                throw new IllegalStateException("the tracker saw no step: nothing was measured");
            }
        }
        long worstNs = 0;
        long strideNs = 0;
        for (int i = 0; i < walk.length; i++) {
            worstNs = Math.max(worstNs, quickestNs[i]);
            strideNs = endsStride[i] ? Math.max(strideNs, quickestNs[i]) : strideNs;
        }
        System.out.printf(
                Locale.ROOT,
                "Slowest call at %.0f Hz: %.3f ms, %.3f ms of those that end a stride (before the code is compiled: %.1f ms)%n",
                rateHz,
                worstNs * 1e-6,
                strideNs * 1e-6,
                coldNs * 1e-6);
    }

    private static ImuSample[] walk(double rateHz) {
        WalkModel model = new WalkModel(
                WalkScript.parse(SCRIPT, WalkPresets.healthy(), "bench"),
                new WalkOptions(rateHz, SECONDS, 1, SensorOptions.typical()),
                TruthSink.NONE);
        ImuSample[] walk = new ImuSample[(int) (SECONDS * rateHz)];
        for (int i = 0; i < walk.length; i++) {
            walk[i] = new ImuSample();
            if (!model.next(walk[i])) {
                throw new IllegalStateException("the walking model ended after " + i + " readings");
            }
        }
        return walk;
    }

    @Override
    public void onGaitEvent(GaitEvent event) {
        sum += event.confidence;
    }

    @Override
    public void onContactPrediction(ContactPrediction prediction) {
        sum += prediction.halfWidth80Ns;
    }

    @Override
    public void onFootPhase(FootPhase phase) {
        sum += Double.isNaN(phase.phase) ? 0 : phase.phase;
    }

    @Override
    public void onStride(StrideEstimate estimate) {
        stride = true;
    }
}
