package dev.entrain.cue;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.sample.Foot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The newest contact prediction of each foot. Not thread-safe; realtime-safe. */
final class NextContacts {
    private final long[] contactNs = new long[Foot.COUNT];
    private final boolean[] known = new boolean[Foot.COUNT];

    void reset() {
        Arrays.fill(known, false);
        Arrays.fill(contactNs, 0);
    }

    void onContactPrediction(ContactPrediction prediction) {
        contactNs[prediction.foot.ordinal()] = prediction.contactNs;
        known[prediction.foot.ordinal()] = true;
    }

    /** Returns the foot whose predicted contact is the earliest at or after a time, or null. */
    @Nullable
    Foot firstAfter(long timeNs) {
        boolean left = known[0] && contactNs[0] - timeNs >= 0;
        boolean right = known[1] && contactNs[1] - timeNs >= 0;
        if (left && right) {
            return contactNs[0] - contactNs[1] <= 0 ? Foot.LEFT : Foot.RIGHT;
        }
        if (left) {
            return Foot.LEFT;
        }
        return right ? Foot.RIGHT : null;
    }

    long contactNs(Foot foot) {
        return contactNs[foot.ordinal()];
    }

    /** Returns the foot a beat is for: the one whose contact is clearly nearer, else the one that alternation names. */
    Foot footFor(long onsetNs, long periodNs, Foot alternate) {
        if (!known[0] || !known[1]) {
            return alternate;
        }
        long left = Math.abs(contactNs[0] - onsetNs);
        long right = Math.abs(contactNs[1] - onsetNs);
        // A quarter period apart is undecided between two feet half a stride apart; then alternation stands.
        long quarterNs = periodNs / 4;
        if (left < quarterNs && right > 2 * quarterNs) {
            return Foot.LEFT;
        }
        return right < quarterNs && left > 2 * quarterNs ? Foot.RIGHT : alternate;
    }
}
