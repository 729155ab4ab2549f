package dev.entrain.journal;

/**
 * How much the journal may hold, and what gives way first when it is full. The rule is written here once; the database
 * follows it in bounded slices.
 *
 * @param maxBytes what the database, its write-ahead log and its head-room take together at most, bytes
 * @param rawMaxBytes what raw recordings take at most besides, bytes; 0 keeps none
 */
public record JournalLimits(long maxBytes, long rawMaxBytes) {
    /** Least {@link #maxBytes}: below it the log and the head-room would leave nothing for records. */
    public static final long LEAST_BYTES = 16L << 20;

    /** Greatest limit of either kind. */
    public static final long MOST_BYTES = 64L << 30;

    /** 256 MB, more than 50 hours of walking; no raw recordings. */
    public static final JournalLimits DEFAULT = new JournalLimits(256L << 20, 0);

    /** What gives way, in this order, oldest first within each. */
    public enum GivesWay {
        /** Raw recordings, where the disk itself is full: they have a limit of their own. */
        RAW,
        /** What is no therapy data and the clinic has. */
        ACKNOWLEDGED_OTHER,
        /** Therapy data the clinic has, so the oldest session first. */
        ACKNOWLEDGED_THERAPY,
        /** What is no therapy data and the clinic lacks; a LOST record tells. */
        UNACKNOWLEDGED_OTHER,
        /** From the beginning of the session in progress on, what the clinic has; its summary comes from what is left. */
        SESSION_ACKNOWLEDGED,
        /** From there on, what is no therapy data and the clinic lacks; a LOST record tells. */
        SESSION_UNACKNOWLEDGED_OTHER,
        /** Therapy data the clinic lacks, when nothing else is left; a LOST record tells. */
        UNACKNOWLEDGED_THERAPY,
        /** The same of the session in progress. */
        SESSION_UNACKNOWLEDGED_THERAPY
    }

    /** Checks the limits. */
    public JournalLimits {
        if (maxBytes < LEAST_BYTES || maxBytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "the journal's limit must be " + LEAST_BYTES + " to " + MOST_BYTES + " bytes, not " + maxBytes);
        }
        if (rawMaxBytes < 0 || rawMaxBytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "the limit of raw recordings must be 0 to " + MOST_BYTES + " bytes, not " + rawMaxBytes);
        }
    }

    /**
     * Says when a record gives way.
     *
     * @param seq its sequence number
     * @param acknowledged whether the clinic has it
     * @param keptFromSeq sequence number of the first record of the session in progress; {@link Long#MAX_VALUE} without one
     */
    public static GivesWay of(RecordKind kind, long seq, boolean acknowledged, long keptFromSeq) {
        if (seq >= keptFromSeq) {
            return acknowledged
                    ? GivesWay.SESSION_ACKNOWLEDGED
                    : kind.therapy() ? GivesWay.SESSION_UNACKNOWLEDGED_THERAPY : GivesWay.SESSION_UNACKNOWLEDGED_OTHER;
        }
        if (acknowledged) {
            return kind.therapy() ? GivesWay.ACKNOWLEDGED_THERAPY : GivesWay.ACKNOWLEDGED_OTHER;
        }
        return kind.therapy() ? GivesWay.UNACKNOWLEDGED_THERAPY : GivesWay.UNACKNOWLEDGED_OTHER;
    }
}
