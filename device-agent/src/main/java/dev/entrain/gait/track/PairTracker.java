package dev.entrain.gait.track;

import dev.entrain.gait.GaitSink;
import dev.entrain.gait.GaitTracker;
import dev.entrain.gait.freeze.FreezeDetector;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;

/**
 * The tracker of both feet: one {@link FootTracker} each, which tell each other their contacts, because a foot lands about
 * half a stride after the other. A walker with one sensor only is tracked as well. Not thread-safe; realtime-safe.
 */
public final class PairTracker implements GaitTracker {
    private final FreezeDetector freeze = new FreezeDetector();
    private final FootTracker[] feet = {new FootTracker(Foot.LEFT, freeze), new FootTracker(Foot.RIGHT, freeze)};
    private boolean started;
    private long originNs;

    @Override
    public void onSample(ImuSample sample, GaitSink sink) {
        if (!started) {
            started = true;
            originNs = sample.timeNs;
        }
        double contactS = feet[sample.foot.ordinal()].add(sample, originNs, sink);
        if (!Double.isNaN(contactS)) {
            feet[sample.foot.other().ordinal()].otherContact(contactS, (sample.timeNs - originNs) * 1e-9, sink);
        }
    }
}
