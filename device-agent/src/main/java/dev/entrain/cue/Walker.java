package dev.entrain.cue;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What policies know of the walker: his rhythm, where his steps lie, when he will touch next. Not thread-safe; realtime-safe. */
public final class Walker {
    /** A stride that differs more from the usual ones is a missed contact, a pause or a stumble, not a change of pace. */
    private static final double MOST_SURPRISE = 0.15;

    private final StepPeriod steps = new StepPeriod();
    private final NextContacts contacts = new NextContacts();
    private final long[] contactNs = new long[Foot.COUNT];
    private final boolean[] seen = new boolean[Foot.COUNT];
    private final long[] strideNs = new long[Foot.COUNT];
    private Foot newest = Foot.LEFT;

    void reset() {
        steps.reset();
        contacts.reset();
        Arrays.fill(seen, false);
        Arrays.fill(strideNs, 0);
    }

    void onGaitEvent(GaitEvent event) {
        steps.onGaitEvent(event);
        int foot = event.foot.ordinal();
        if (event.kind == GaitEvent.Kind.INITIAL_CONTACT) {
            strideNs[foot] = seen[foot] ? event.timeNs - contactNs[foot] : 0;
            contactNs[foot] = event.timeNs;
            seen[foot] = true;
            newest = event.foot;
        } else if (event.kind == GaitEvent.Kind.CONTACT_REVISED && seen[foot]) {
            contactNs[foot] = event.timeNs;
        }
    }

    void onContactPrediction(ContactPrediction prediction) {
        contacts.onContactPrediction(prediction);
    }

    /** Returns the step period over the latest strides. */
    public StepPeriod steps() {
        return steps;
    }

    /** Returns the step period, ns; 0 before the first stride. */
    public long periodNs() {
        return steps.periodNs();
    }

    /** Returns the foot that touched last; the left one before any did. */
    public Foot newest() {
        return newest;
    }

    /**
     * Returns the newest step interval, ns: half the stride that just ended, because a hemiparetic walker's steps are
     * alternately long and short while his strides are alike. {@link #periodNs} where no stride ended or it differs by
     * more than 15 %.
     */
    public long intervalNs() {
        long usualNs = steps.periodNs();
        long newestNs = strideNs[newest.ordinal()] / 2;
        return Math.abs(newestNs - usualNs) > MOST_SURPRISE * usualNs ? usualNs : newestNs;
    }

    /**
     * Returns a moment at which the walker's phase is a whole number of steps, ns: the newest contact, or where both
     * feet are known the middle of their two newest, each half a step from it, so that an asymmetric walker has one even
     * phase.
     */
    public long anchorNs() {
        int foot = newest.ordinal();
        int other = newest.other().ordinal();
        long betweenNs = contactNs[foot] - contactNs[other];
        boolean both = seen[other] && betweenNs > 0 && betweenNs < 2 * steps.periodNs();
        return both ? contactNs[foot] + (steps.periodNs() - betweenNs) / 2 : contactNs[foot];
    }

    /** Returns the foot whose predicted contact is the earliest at or after a time, or null. */
    public @Nullable Foot firstAfter(long timeNs) {
        return contacts.firstAfter(timeNs);
    }

    /** Returns a foot's predicted contact, ns; 0 if there is none. */
    public long contactNs(Foot foot) {
        return contacts.contactNs(foot);
    }

    /** Returns the foot a beat is for: the one whose contact is clearly nearer, else the one that alternation names. */
    public Foot footFor(long onsetNs, long periodNs, Foot alternate) {
        return contacts.footFor(onsetNs, periodNs, alternate);
    }
}
