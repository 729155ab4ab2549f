package dev.entrain.telemetry;

/**
 * How long the clinic's word is waited for, and how much may wait for it. Each time it does not come the wait doubles and
 * only one message's worth is tried, so that a clinic that is down for days costs little; its first word opens the tap again.
 */
final class AckTimer {
    static final long FIRST_NS = 30_000_000_000L;
    static final long LONGEST_NS = 300_000_000_000L;

    /** Records that may wait for the clinic's word: the memory they take here is one entry a message. */
    static final int MOST_IN_FLIGHT = 4096;

    private static final long FLOW_NS = 1_000_000_000L;

    private long waitNs = FIRST_NS;
    private int limit = MOST_IN_FLIGHT;
    private long progressNs;

    AckTimer(long nowNs) {
        progressNs = nowNs;
    }

    /** Tells whether what was sent then should have been acknowledged by now. */
    boolean overdue(long oldestSentNs, long nowNs) {
        long since = oldestSentNs - progressNs > 0 ? oldestSentNs : progressNs;
        return nowNs - since > waitNs;
    }

    /** Tells whether the clinic acknowledged something within the last second. */
    boolean flowing(long nowNs) {
        return waitNs == FIRST_NS && nowNs - progressNs < FLOW_NS;
    }

    /** The clinic acknowledged what waited longest. */
    void progress(long nowNs) {
        progressNs = nowNs;
        waitNs = FIRST_NS;
        limit = MOST_IN_FLIGHT;
    }

    /** Its word did not come in time; returns whether even the longest wait was in vain. */
    boolean missed(boolean probe) {
        boolean longest = waitNs == LONGEST_NS;
        waitNs = Math.min(LONGEST_NS, 2 * waitNs);
        limit = probe ? RecordMessage.MOST_RECORDS : MOST_IN_FLIGHT;
        return longest;
    }

    /** Returns how many records may wait for the clinic's word. */
    int limit() {
        return limit;
    }
}
