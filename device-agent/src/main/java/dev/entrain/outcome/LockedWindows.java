package dev.entrain.outcome;

import dev.entrain.entrainment.LockCriterion;
import dev.entrain.entrainment.LockDetector;
import dev.entrain.entrainment.StepPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which share of a walk was locked: windows of {@link LockDetector#WINDOW} steps with a beat, beginning every half window,
 * judged by {@link LockCriterion}. A new row of windows begins with each block and after {@link LockDetector#FORGET_NS}
 * without a step with a beat; what is left at the end of a row is not judged.
 */
final class LockedWindows {
    private static final int WINDOW = LockDetector.WINDOW;

    private final LockCriterion criterion = new LockCriterion(WINDOW);
    private final StepPlace places = new StepPlace();
    private final double[] thetaRad = new double[WINDOW];
    private final long[] place = new long[WINDOW];
    private int held;
    private int windows;
    private int locked;

    LockedWindows(Walk walk) {
        List<Walk.Contact> contacts = walk.contacts();
        Walk.@Nullable Contact former = null;
        for (Walk.Contact contact : contacts) {
            if (!contact.paired()) {
                continue;
            }
            boolean first = former == null
                    || former.span() != contact.span()
                    || nanos(contact.timeS()) - nanos(former.timeS()) > LockDetector.FORGET_NS;
            add(walk, contact, first);
            former = contact;
        }
    }

    /** How many windows were judged. */
    int count() {
        return windows;
    }

    /** The share that was locked; NaN of none. */
    double share() {
        return (double) locked / windows;
    }

    private void add(Walk walk, Walk.Contact contact, boolean first) {
        long timeNs = nanos(contact.timeS());
        long periodNs = Math.round(walk.periodS(contact) * 1e9);
        if (first) {
            held = 0;
            places.start(timeNs);
        }
        thetaRad[held] = 2 * Math.PI * walk.asynchronyS(contact) / walk.periodS(contact);
        place[held] = first ? 0 : places.next(timeNs, periodNs);
        held++;
        if (held == WINDOW) {
            windows++;
            locked += criterion.locked(thetaRad, place, WINDOW) ? 1 : 0;
            held = WINDOW / 2;
            System.arraycopy(thetaRad, held, thetaRad, 0, held);
            System.arraycopy(place, held, place, 0, held);
        }
    }

    private static long nanos(double timeS) {
        return Math.round(timeS * 1e6) * 1000;
    }
}
