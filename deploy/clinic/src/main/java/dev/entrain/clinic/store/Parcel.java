package dev.entrain.clinic.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of records, checked: stored as a whole or not at all.
 *
 * @param topic where it came
 * @param raw the message as it came
 * @param coverage what it covers, or null if it does not say so; then nothing of it can be acknowledged to the unit
 * @param records its records, in ascending order of their numbers
 * @param letters what of it is no record
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared by value, and never changed.
public record Parcel(
        String topic, byte[] raw, @Nullable Coverage coverage, List<NewRecord> records, List<DeadLetter> letters) {
    /**
     * Sequence numbers of a boot of which nothing will come that has not come: {@code (afterSeq, lastSeq]}.
     *
     * @param afterSeq at least 0
     * @param lastSeq at least {@code afterSeq}
     */
    public record Coverage(BootKey key, long afterSeq, long lastSeq) {}
}
