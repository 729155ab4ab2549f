package dev.entrain.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.RecordLog;
import dev.entrain.telemetry.SentRecords.Message;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Brings the log's records to the clinic, oldest first, and takes them out when the clinic says that it stored them; a broker
 * that took a message has delivered nothing yet. What was sent and not acknowledged is sent again on every connection and
 * after a time-out. Used by the outbound thread only.
 */
final class RecordStream {
    /** Messages handed over in one round: more than any broker's window. */
    private static final int MOST_PER_ROUND = 64;

    /** Messages refused one after another until no more are tried before the next time-out. */
    private static final int MOST_REFUSED = 8;

    /** Records that cannot get through and stand in the way of the cumulative acknowledgement. */
    private record Block(String bootId, long firstAfter, long lastSeq, long sinceNs) {}

    private final Topics topics;
    private final RecordLog log;
    private final Handover handover;
    private final CatchUpPace pace;
    private final Counters counters;
    private final JsonFactory json = new JsonFactory();
    private final SentRecords sent = new SentRecords();
    private final AckTimer timer;
    private long cursor;
    private String cursorBoot = "";

    /** The last record that went by; unlike the cursor it never stands beyond what there was. */
    private long shown;

    private @Nullable Block block;
    private long retryTicket = TelemetryPort.NONE;
    private int refusedInRow;
    private boolean toldBadAck;
    private boolean deaf;
    private volatile String trouble = "";

    RecordStream(Topics topics, RecordLog log, Handover handover, CatchUpPace pace, Counters counters, long nowNs) {
        this.topics = topics;
        this.log = log;
        this.handover = handover;
        this.pace = pace;
        this.counters = counters;
        timer = new AckTimer(nowNs);
    }

    /** A connection is there: what may or may not have arrived on the last one is sent again. */
    void restart() {
        rewind();
        block = null;
        retryTicket = TelemetryPort.NONE;
        refusedInRow = 0;
        toldBadAck = false;
        deaf = false;
        trouble = "";
    }

    /**
     * Sends what may go now.
     *
     * @param limited whether a backlog goes at its bounded rate
     * @param hurry whether nothing waits for company, because the agent ends
     * @return whether a backlog goes at full speed, so that the next round should come soon
     */
    boolean doWork(boolean limited, boolean hurry, long nowNs) {
        mindTimer(nowNs);
        boolean sentSome = false;
        for (int i = 0; i < MOST_PER_ROUND; i++) {
            long last = log.lastSeq();
            boolean room = sent.records() < timer.limit() && refusedInRow < MOST_REFUSED && !handover.full();
            if (last <= cursor
                    || !room
                    || !pace.allows(last - cursor, limited, hurry, nowNs)
                    || !sendNext(last, nowNs)) {
                break;
            }
            sentSome = true;
        }
        return !limited && log.lastSeq() > cursor && (sentSome || timer.flowing(nowNs));
    }

    /**
     * The clinic's word, of any size and content. It may go beyond what this process sent: then an earlier one sent that, and
     * could not note the answer before it was killed. It is taken up to what this one sent. Nothing is forgotten that the
     * clinic does not have: every number stands for one content, and no message ever says of a record that waits that it
     * will not come.
     */
    void onAck(byte[] payload, long nowNs) {
        ClinicAck said = ClinicAck.parse(payload);
        ClinicAck ack = said == null ? null : sent.upToSent(said);
        if (ack == null || !log.acknowledge(ack.bootId(), ack.upTo())) {
            counters.increment(Counter.ACKS_REFUSED);
            if (!toldBadAck) {
                toldBadAck = true;
                Logger.warn(
                        "telemetry: an acknowledgement was refused ({}); nothing was forgotten for it. After a restart that"
                                + " is usual; if it comes often, look at the clinic's receiver.",
                        said == null
                                ? "it is not as agreed"
                                : ack == null
                                        ? "nothing was sent yet of boot " + said.bootId()
                                        : "the journal can't note it: " + ack.bootId() + " up to " + ack.upTo());
            }
            return;
        }
        if (sent.acknowledged(ack)) {
            timer.progress(nowNs);
        }
        Block blocked = block;
        if (blocked != null && blocked.bootId.equals(ack.bootId()) && blocked.lastSeq <= ack.upTo()) {
            unblock();
        }
    }

    /** The broker took a message, which means that it goes on, not that it arrived. */
    void onDelivered(long ticket) {
        refusedInRow = 0;
        if (ticket == retryTicket) {
            unblock();
            rewind();
        }
    }

    /** The broker refused a message. */
    void onRefused(long ticket, String why, long nowNs) {
        Message message = sent.remove(ticket);
        if (message != null) {
            refused(
                    message.bootId(),
                    message.firstAfter(),
                    message.lastSeq(),
                    "the broker refuses them: " + why,
                    nowNs);
        }
    }

    /** Tells whether everything was handed over. */
    boolean handedOver() {
        return log.lastSeq() <= cursor;
    }

    /**
     * Tells whether the clinic's word did not come for so long that the line itself is in doubt: a broker that miscounts what
     * it may send (Mosquitto before 2.0.13, seen with messages that expired) sends nothing more on this connection.
     */
    boolean deaf() {
        return deaf;
    }

    /** Returns how many records wait for the clinic. */
    long waiting() {
        return log.waiting();
    }

    /** Tells whether something was sent that the clinic may yet acknowledge. */
    boolean awaitsClinic() {
        return sent.records() > 0;
    }

    /** Returns why records cannot get through and what to do, for a technician; empty while they can. Thread-safe. */
    String trouble() {
        return trouble;
    }

    private void mindTimer(long nowNs) {
        Message oldest = sent.oldest();
        Block blocked = block;
        long sinceNs = oldest != null ? oldest.sentNs() : blocked != null ? blocked.sinceNs : nowNs;
        if (!timer.overdue(sinceNs, nowNs)) {
            return;
        }
        refusedInRow = 0;
        if (blocked != null && firstWaits(blocked)) {
            // The clinic cannot acknowledge what is behind the block: it has that, as far as anybody knows.
            timer.missed(false);
            sent.clear();
            block = new Block(blocked.bootId, blocked.firstAfter, blocked.lastSeq, nowNs);
            retry(blocked, nowNs);
        } else {
            counters.increment(Counter.ACKS_MISSED);
            deaf = timer.missed(true);
            block = null;
            rewind();
        }
    }

    private boolean sendNext(long last, long nowNs) {
        int most = Math.min(RecordMessage.MOST_RECORDS, timer.limit() - sent.records());
        long after = shown > sent.acknowledgedUpTo(cursorBoot) ? shown : 0;
        RecordMessage message = message(cursorBoot, after);
        int count = log.unacknowledged(cursor, most, message);
        if (count < 0) {
            return false; // Not known what there is: the next message may not say that there is nothing.
        }
        if (count == 0) {
            cursor = last; // Acknowledged, or gave way.
            return true;
        }
        long from = cursor;
        if (message.unreadable() || tooLarge(message)) {
            advance(message);
            refused(
                    message.bootId(),
                    from,
                    message.lastSeq(),
                    message.unreadable() ? "one is damaged in the journal" : "one is larger than the broker takes",
                    nowNs);
            return true;
        }
        if (hand(message, from, nowNs) == TelemetryPort.NONE) {
            return false;
        }
        advance(message);
        pace.sent(message.count(), nowNs);
        return true;
    }

    /** Tries again what stands in the way; it is the first that waits, so nothing is before it. */
    private void retry(Block blocked, long nowNs) {
        RecordMessage message = message("", 0);
        if (log.unacknowledged(blocked.firstAfter, RecordMessage.MOST_RECORDS, message) > 0
                && !message.unreadable()
                && !tooLarge(message)) {
            retryTicket = hand(message, blocked.firstAfter, nowNs);
            if (retryTicket != TelemetryPort.NONE && message.lastSeq() > cursor) {
                advance(message);
            }
        }
    }

    private RecordMessage message(String afterBoot, long after) {
        long most = handover.mostBytes(topics.records(Carriage.TIMING));
        return new RecordMessage(json, afterBoot, after, (int) Math.min(RecordMessage.MOST_BYTES, most));
    }

    private boolean tooLarge(RecordMessage message) {
        return message.bytes() > handover.mostBytes(topics.records(message.carriage()));
    }

    private long hand(RecordMessage message, long from, long nowNs) {
        Carriage carriage = message.carriage();
        long ticket = handover.hand(topics.records(carriage), message.finish(), carriage.delivery(), nowNs);
        if (ticket != TelemetryPort.NONE) {
            sent.add(new Message(ticket, message.bootId(), from, message.lastSeq(), message.count(), nowNs));
        }
        return ticket;
    }

    private void advance(RecordMessage message) {
        cursor = message.lastSeq();
        shown = cursor;
        cursorBoot = message.bootId();
    }

    private boolean firstWaits(Block blocked) {
        long[] first = {-1};
        log.unacknowledged(0, 1, (boot, seq, kind, session, body) -> first[0] = seq);
        return first[0] > blocked.firstAfter && first[0] <= blocked.lastSeq;
    }

    private void refused(String bootId, long firstAfter, long lastSeq, String why, long nowNs) {
        counters.increment(Counter.MESSAGES_REFUSED);
        refusedInRow++;
        if (block == null) {
            block = new Block(bootId, firstAfter, lastSeq, nowNs);
        }
        if (trouble.isEmpty()) {
            trouble = "records " + (firstAfter + 1) + " to " + lastSeq + " of boot " + bootId
                    + " cannot get to the clinic (" + why
                    + "). They are kept and tried again; the others go on. Tell whoever"
                    + " looks after the clinic's broker.";
            Logger.error("telemetry: {}", trouble);
        }
    }

    private void unblock() {
        block = null;
        retryTicket = TelemetryPort.NONE;
        if (!trouble.isEmpty()) {
            trouble = "";
            Logger.info("telemetry: the records that were refused get through again");
        }
    }

    private void rewind() {
        sent.clear();
        cursor = 0;
        shown = 0;
        cursorBoot = "";
    }
}
