package dev.entrain.journal;

import org.jspecify.annotations.Nullable;

/**
 * The unit's log of records: what is kept durably, and what the clinic has not said it stored. A record is named once and
 * for all by unit, boot and sequence number. Sequence numbers only ever grow on a unit, also across boots and restarts, and
 * also when the log itself was lost (they start at least at the boot's monotonic milliseconds). Thread-safe.
 */
public interface RecordLog {
    /** Sees records, oldest first. */
    @FunctionalInterface
    interface Reader {
        /**
         * One record.
         *
         * @param bootId the boot its times belong to
         * @param seq its sequence number
         * @param session the session it belongs to, or null
         * @param body one JSON object in UTF-8: the fields of the event, without {@code seq}, {@code kind} and {@code
         *     session}; valid until the method returns
         */
        void onRecord(String bootId, long seq, RecordKind kind, @Nullable String session, byte[] body);
    }

    /**
     * Adds a record; it counts as accepted, may be read and sent only once {@link #commit} returned.
     *
     * @param session the session it belongs to, or null
     * @param timeNs CLOCK_MONOTONIC of this boot
     * @param body as {@link Reader#onRecord} describes it
     * @return its sequence number; where room must be made for it first it may get a greater one until it is durable
     */
    long append(RecordKind kind, @Nullable String session, long timeNs, byte[] body);

    /**
     * Makes everything appended so far durable: after it returned true a power cut loses none of it.
     *
     * @return false if the disk refused; what was appended waits in memory, bounded, and the next call tries again
     */
    boolean commit();

    /**
     * Shows durable records that are not acknowledged, oldest first.
     *
     * @param afterSeq only records with a greater sequence number
     * @param max at most this many, at least 0; those shown all belong to one boot
     * @return how many were shown; -1 if the log can't be read at the moment, which says nothing about what there is
     */
    int unacknowledged(long afterSeq, int max, Reader reader);

    /**
     * Notes that the clinic has stored every record of a boot up to a sequence number. Durable with the next commit; lost
     * before it, records are sent once more.
     *
     * @return false if the boot is not known or the number was never given out: nothing is noted then
     */
    boolean acknowledge(String bootId, long upToSeq);

    /** Returns the greatest durable sequence number, or the one before the first. */
    long lastSeq();

    /** Returns how many durable records wait for an acknowledgement. */
    long waiting();
}
