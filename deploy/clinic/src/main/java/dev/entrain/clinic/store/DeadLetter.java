package dev.entrain.clinic.store;

import java.util.Locale;

/**
 * What came but is no record.
 *
 * @param unit the unit's name as the topic has it, or empty
 * @param topic where it came
 * @param detail what is wrong, for a technician
 * @param payload what came, as it came
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared by value, and never changed.
public record DeadLetter(String unit, String topic, Reason reason, String detail, byte[] payload) {
    /** Why it is no record. */
    public enum Reason {
        /** The message is no JSON object. */
        NOT_JSON,
        /** The message lacks a field, or one has the wrong type: it does not say what it covers. */
        BAD_FIELD,
        /** One record of a message breaks the contract; the others are stored. */
        BAD_RECORD,
        /** A record that is stored came again with another content. */
        CONFLICT,
        /** The message is larger than any of ours; its head is kept. */
        TOO_LARGE,
        /** The topic has no unit's name. */
        BAD_UNIT,
        /** The database does not take its content. */
        REFUSED;

        /** Returns the spelling of the table and of the metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
