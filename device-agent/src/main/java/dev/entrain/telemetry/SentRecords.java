package dev.entrain.telemetry;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was sent and waits for the clinic's word, and how far each boot was sent and acknowledged. Bounded by who adds:
 * {@link AckTimer#limit()} records at most.
 */
final class SentRecords {
    /** Boots remembered; a unit that is switched on ten times a day for a month without a clinic makes 300. */
    private static final int MOST_BOOTS = 512;

    /** A message of records; its boot, the last of them, and how many. */
    record Message(long ticket, String bootId, long firstAfter, long lastSeq, int count, long sentNs) {}

    private static final class Marks {
        long sent;
        long acknowledged;
    }

    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private final Map<String, Marks> boots = new LinkedHashMap<>();
    private int records;

    void add(Message message) {
        messages.addLast(message);
        records += message.count();
        Marks marks = boots.computeIfAbsent(message.bootId(), boot -> new Marks());
        marks.sent = Math.max(marks.sent, message.lastSeq());
        if (boots.size() > MOST_BOOTS) {
            Iterator<String> eldest = boots.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** Returns as much of the clinic's word as was sent; null if nothing was sent of that boot. */
    @Nullable
    ClinicAck upToSent(ClinicAck ack) {
        Marks marks = boots.get(ack.bootId());
        return marks == null ? null : new ClinicAck(ack.bootId(), Math.min(ack.upTo(), marks.sent));
    }

    /** Takes out what is acknowledged; tells whether the oldest was among it. */
    boolean acknowledged(ClinicAck ack) {
        Marks marks = boots.get(ack.bootId());
        if (marks != null) {
            marks.acknowledged = Math.max(marks.acknowledged, ack.upTo());
        }
        Message oldest = messages.peekFirst();
        for (Iterator<Message> each = messages.iterator(); each.hasNext(); ) {
            Message message = each.next();
            if (message.bootId().equals(ack.bootId()) && message.lastSeq() <= ack.upTo()) {
                each.remove();
                records -= message.count();
            }
        }
        return oldest != null && !oldest.equals(messages.peekFirst());
    }

    /** Returns up to where a boot is acknowledged. */
    long acknowledgedUpTo(String bootId) {
        Marks marks = boots.get(bootId);
        return marks == null ? 0 : marks.acknowledged;
    }

    /** Takes out the message of a ticket; null if there is none. */
    @Nullable
    Message remove(long ticket) {
        for (Iterator<Message> each = messages.iterator(); each.hasNext(); ) {
            Message message = each.next();
            if (message.ticket() == ticket) {
                each.remove();
                records -= message.count();
                return message;
            }
        }
        return null;
    }

    @Nullable
    Message oldest() {
        return messages.peekFirst();
    }

    /** Returns how many records wait. */
    int records() {
        return records;
    }

    /** Forgets what waits, not how far each boot was sent. */
    void clear() {
        messages.clear();
        records = 0;
    }
}
