package dev.entrain.bench;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.sample.ImuSample;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One operation is one sample; an invocation walks a minute with both feet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GaitBenchmark {
    private final WalkLoop walk = new WalkLoop();
    private final PairTracker tracker = new PairTracker();
    private final ThresholdDetector peer = new ThresholdDetector();
    private final Sink sink = new Sink();

    /** Everything the tracker decides about both feet. */
    @Benchmark
    @OperationsPerInvocation(WalkLoop.SAMPLES)
    public double tracker() {
        for (int i = 0; i < WalkLoop.SAMPLES; i++) {
            tracker.onSample(walk.at(i), sink);
        }
        walk.nextMinute();
        if (sink.events == 0) {
            throw new IllegalStateException("the tracker saw no step: nothing was measured");
        }
        return sink.sum;
    }

    /** The peer, see {@link ThresholdDetector}. */
    @Benchmark
    @OperationsPerInvocation(WalkLoop.SAMPLES)
    public double peer() {
        double sum = 0;
        for (int i = 0; i < WalkLoop.SAMPLES; i++) {
            peer.onSample(walk.at(i));
            sum += peer.phase + peer.nextContactNs + peer.finalContactNs;
        }
        walk.nextMinute();
        if (peer.contacts == 0) {
            throw new IllegalStateException("the peer saw no step: nothing was measured");
        }
        return sum;
    }

    /** What handing over a sample costs both of them. */
    @Benchmark
    @OperationsPerInvocation(WalkLoop.SAMPLES)
    public double loop() {
        double sum = 0;
        for (int i = 0; i < WalkLoop.SAMPLES; i++) {
            ImuSample sample = walk.at(i);
            sum += sample.gyRadps + sample.timeNs;
        }
        walk.nextMinute();
        return sum;
    }

    /** Uses a number of everything it is told, so that none of it can be optimised away. */
    private static final class Sink implements GaitSink {
        private double sum;
        private long events;

        @Override
        public void onGaitEvent(GaitEvent event) {
            sum += event.timeNs;
            events++;
        }

        @Override
        public void onContactPrediction(ContactPrediction prediction) {
            sum += prediction.contactNs;
        }

        @Override
        public void onFootPhase(FootPhase phase) {
            sum += phase.phase;
        }

        @Override
        public void onStride(StrideEstimate stride) {
            sum += stride.lengthM;
        }
    }
}
