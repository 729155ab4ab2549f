package dev.entrain.clinic.ingest;

import dev.entrain.clinic.Unit;

/** What units publish, the moment it comes, for a page that shows it; nothing of it is stored here. Thread-safe. */
public interface LiveFeed {
    /** Sees live copies. */
    @FunctionalInterface
    interface Listener {
        /**
         * One message; may come twice. Called on the feed's thread, so it must return at once and not throw.
         *
         * @param kind state, status, ev, timing or session
         * @param payload as the unit sent it; not to be changed
         */
        void onLive(String kind, byte[] payload);
    }

    /** A subscription that holds until it is closed. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Begins to listen to a unit; its retained status and timing come first. Holds over reconnects.
     *
     * @throws IllegalStateException if more listen than a page of this size ever needs
     */
    Subscription subscribe(Unit unit, Listener listener);
}
