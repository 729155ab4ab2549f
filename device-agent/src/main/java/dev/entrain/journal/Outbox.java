package dev.entrain.journal;

/**
 * Where records wait until they have been delivered. Used by one thread, the outbound one.
 *
 * <p>Every record is named by the unit, the boot it was made in, and its sequence number, so a receiver can remove
 * duplicates. Sequence numbers only ever grow, also across restarts of the agent within one boot.
 */
public interface Outbox {
    /** Sees waiting records, oldest first. */
    @FunctionalInterface
    interface Reader {
        /**
         * One waiting record.
         *
         * @param bootId the boot its times belong to
         * @param seq its sequence number
         * @param record a reused view, valid until the method returns
         */
        void onRecord(String bootId, long seq, WalkRecord record);
    }

    /**
     * Keeps a copy of a record. Never refuses; what gives way when there is no room is the implementation's to say.
     *
     * @return the sequence number given to it
     */
    long append(WalkRecord record);

    /**
     * Shows waiting records without taking them out.
     *
     * @param afterSeq only records with a greater sequence number
     * @param max at most this many, at least 0; the records shown all belong to one boot
     * @return how many were shown
     */
    int peek(long afterSeq, int max, Reader reader);

    /** Forgets every record up to and including a sequence number: they have been delivered. */
    void acknowledge(long upToSeq);

    /** Returns the greatest sequence number given out, or the one before the first. */
    long lastSeq();

    /** Returns the sequence number up to which nothing waits any more, because it was delivered or had to give way. */
    long settledSeq();
}
