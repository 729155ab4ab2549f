package dev.entrain.gait.track;

import dev.entrain.gait.GaitSink;
import dev.entrain.gait.GaitTracker;
import dev.entrain.gait.alignment.SideCheck;
import dev.entrain.gait.balance.NearFallDetector;
import dev.entrain.gait.contact.FootSteps;
import dev.entrain.gait.freeze.FreezeDetector;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;

/**
 * The tracker of both feet: one {@link FootTracker} each, which tell each other their contacts, because a foot lands about
 * half a stride after the other. A walker with one sensor only is tracked as well. Not thread-safe; realtime-safe.
 */
public final class PairTracker implements GaitTracker {
    private final FootSteps left = new FootSteps();
    private final FootSteps right = new FootSteps();
    private final FreezeDetector freeze = new FreezeDetector();
    private final NearFallDetector balance = new NearFallDetector();
    private final WalkTeller walk = new WalkTeller();
    private final FootTracker[] feet = {
        new FootTracker(Foot.LEFT, left, right, freeze, balance, walk),
        new FootTracker(Foot.RIGHT, right, left, freeze, balance, walk)
    };
    private final SideCheck sides = new SideCheck();
    private boolean started;
    private long originNs;

    @Override
    public void onSample(ImuSample sample, GaitSink sink) {
        if (!started) {
            started = true;
            originNs = sample.timeNs;
            walk.start(originNs);
        }
        FootTracker here = feet[sample.foot.ordinal()];
        double timeS = (sample.timeNs - originNs) * 1e-9;
        FootTracker there = feet[sample.foot.other().ordinal()];
        here.hearOther(there.turnRadps(timeS));
        double contactS = here.add(sample, originNs, sink);
        if (here.tellSide(sides)) {
            double swapped = sides.swapped();
            feet[0].setSwapped(swapped);
            feet[1].setSwapped(swapped);
        }
        if (!Double.isNaN(contactS)) {
            there.otherContact(contactS, timeS, sink);
        }
        walk.advance(timeS, sink);
    }
}
