package dev.entrain.bench;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.walk.SensorOptions;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkScenario;

/** A minute of a simulated walk, both feet at 200 Hz, that can be walked again and again with time going on. */
final class WalkLoop {
    /** Readings of the minute. */
    static final int SAMPLES = 24_000;

    private static final double RATE_HZ = 200;
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final int MINUTE_SEQ = 12_000;

    private final ImuSample[] walk = new ImuSample[SAMPLES];
    private final ImuSample view = new ImuSample();
    private long offsetNs;
    private int offsetSeq;
    private int contacts;

    WalkLoop() {
        // Longer than the minute, so that exactly SAMPLES of it can be taken.
        WalkModel model = new WalkModel(
                WalkScenario.named("healthy"),
                new WalkOptions(RATE_HZ, 61, 1, SensorOptions.typical()),
                new TruthSink() {
                    @Override
                    public void onEvent(GaitEvent.Kind kind, Foot foot, long timeNs) {
                        contacts += kind == GaitEvent.Kind.INITIAL_CONTACT && timeNs < MINUTE_NS ? 1 : 0;
                    }

                    @Override
                    public void onStride(Foot foot, long startNs, long endNs, double lengthM) {}

                    @Override
                    public void onTurn(long startNs, long endNs, double angleDeg) {}
                });
        for (int i = 0; i < SAMPLES; i++) {
            walk[i] = new ImuSample();
            if (!model.next(walk[i])) {
                throw new IllegalStateException("the walking model ended after " + i + " readings");
            }
        }
    }

    /** Returns a reading of the current minute in a reused view. */
    ImuSample at(int i) {
        view.copyFrom(walk[i]);
        view.timeNs += offsetNs;
        view.seq += offsetSeq;
        return view;
    }

    /** Returns how many contacts the model made, and both detectors found, as a sentence. */
    static String contactsFound() {
        WalkLoop walk = new WalkLoop();
        PairTracker tracker = new PairTracker();
        ThresholdDetector peer = new ThresholdDetector();
        ContactCounter counter = new ContactCounter();
        for (int i = 0; i < SAMPLES; i++) {
            tracker.onSample(walk.at(i), counter);
            peer.onSample(walk.at(i));
        }
        return "tracker " + counter.contacts + ", peer " + peer.contacts + ", the model made " + walk.contacts;
    }

    /** Goes on to the next minute. */
    void nextMinute() {
        offsetNs += MINUTE_NS;
        offsetSeq += MINUTE_SEQ;
    }

    /** Counts the tracker's contacts. */
    private static final class ContactCounter implements GaitSink {
        private int contacts;

        @Override
        public void onGaitEvent(GaitEvent event) {
            contacts += event.kind == GaitEvent.Kind.INITIAL_CONTACT ? 1 : 0;
        }

        @Override
        public void onContactPrediction(ContactPrediction prediction) {}

        @Override
        public void onFootPhase(FootPhase phase) {}

        @Override
        public void onStride(StrideEstimate stride) {}
    }
}
