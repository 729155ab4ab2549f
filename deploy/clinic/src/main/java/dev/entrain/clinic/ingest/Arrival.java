package dev.entrain.clinic.ingest;

import org.jspecify.annotations.Nullable;

/**
 * A message as it came.
 *
 * @param topic where
 * @param payload what; not to be changed
 * @param line the connection it came on, to be told once it is dealt with, or null
 * @param id its number there
 * @param qos its quality of service
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared by value, and never changed.
record Arrival(String topic, byte[] payload, @Nullable BrokerLine line, int id, int qos) {
    /** Tells the broker that it was dealt with. */
    void complete() {
        if (line != null) {
            line.complete(id, qos);
        }
    }

    /** Returns the last word of the topic. */
    String word() {
        return topic.substring(topic.lastIndexOf('/') + 1);
    }
}
