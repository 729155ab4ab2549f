package dev.entrain.remote;

import org.jspecify.annotations.Nullable;

/**
 * What a unit keeps of one kind of order.
 *
 * @param floorRev newest revision it ever accepted, 0 for none: nothing older is accepted any more
 * @param floorSha256 the hash that revision had; empty for none, and where it was withdrawn: then it does not count again
 * @param wanted what the clinic wants now; null where the unit's own file holds
 * @param good what the unit is known to run with; null for its own file
 * @param tries how often {@code wanted} was begun with and not proven
 * @param failed the revision that did not start, and why; null if none
 */
record Kept(
        long floorRev,
        String floorSha256,
        @Nullable Order wanted,
        @Nullable Order good,
        int tries,
        @Nullable Failed failed) {
    static final Kept NOTHING = new Kept(0, "", null, null, 0, null);

    /** A revision that did not start. */
    record Failed(long rev, String reason) {}

    boolean proven() {
        return same(wanted, good);
    }

    static boolean same(@Nullable Order a, @Nullable Order b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        return a.rev() == b.rev() && a.sha256().equals(b.sha256());
    }

    Kept accept(Order order) {
        return new Kept(order.rev(), order.sha256(), order, good, 0, null);
    }

    Kept withdraw() {
        return new Kept(floorRev, "", null, good, 0, failed);
    }

    Kept begin() {
        return proven() ? this : new Kept(floorRev, floorSha256, wanted, good, tries + 1, failed);
    }

    Kept prove(@Nullable Order running) {
        return new Kept(floorRev, floorSha256, wanted, running, 0, failed);
    }

    /** The last good one holds again; what failed is never begun with any more. */
    Kept fail(String reason) {
        Order order = wanted;
        // A withdrawal can't be at fault: what it leads to is the unit's own file.
        return order == null
                ? new Kept(floorRev, floorSha256, null, null, 0, failed)
                : new Kept(floorRev, floorSha256, good, good, 0, new Failed(order.rev(), reason));
    }
}
