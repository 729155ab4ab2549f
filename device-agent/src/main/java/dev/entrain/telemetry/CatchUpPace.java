package dev.entrain.telemetry;

/**
 * When the next message of records may go. What is new waits a moment for company; a backlog goes at a bounded rate while
 * somebody walks, so that catching up leaves the processor and the line to the walk.
 */
final class CatchUpPace {
    /** Longest wait of a record for its batch; a walker makes about 8 records a second. */
    static final long GATHER_NS = 1_000_000_000L;

    private final long recordNs;
    private long freeAtNs;
    private long lastNs;

    /** A pace of so many records a second. */
    CatchUpPace(int recordsPerS, long nowNs) {
        recordNs = 1_000_000_000L / recordsPerS;
        freeAtNs = nowNs;
        lastNs = nowNs - GATHER_NS;
    }

    /**
     * Tells whether a message may go now.
     *
     * @param waiting records that wait to be sent, at least 1
     * @param limited whether the bounded rate holds
     * @param hurry whether nothing waits for company
     */
    boolean allows(long waiting, boolean limited, boolean hurry, long nowNs) {
        if (limited && !hurry && nowNs - freeAtNs < 0) {
            return false;
        }
        return hurry || waiting >= RecordMessage.MOST_RECORDS || nowNs - lastNs >= GATHER_NS;
    }

    /** Notes a message of so many records. */
    void sent(int records, long nowNs) {
        lastNs = nowNs;
        freeAtNs = nowNs + records * recordNs;
    }
}
