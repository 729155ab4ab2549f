package dev.entrain.telemetry;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.Outbox;
import dev.entrain.journal.WalkRecord;
import dev.entrain.telemetry.TelemetryPort.Delivery;
import java.util.ArrayDeque;
import org.tinylog.Logger;

/**
 * Keeps the unit connected and its news flowing: birth and status on every connection, live state before waiting events,
 * events from the outbox until the broker has taken them. Used by the outbound thread only; never waits.
 */
final class Uplink {
    /** Longest wait of an event for its batch; a walker makes about 6 events a second. */
    static final long FLUSH_NS = 250_000_000L;

    /** Pace of full batches after an outage: at most 10 a second, so that catching up leaves the line free for live news. */
    static final long CATCH_UP_NS = 100_000_000L;

    /** Just above the 5 s the port allows for the line: for an answer on the open line Paho would wait for ever. */
    static final long CONNECT_LIMIT_NS = 6_000_000_000L;

    /** A broker that keeps the line open but takes no message for this long is as good as gone. */
    static final long ANSWER_LIMIT_NS = 60_000_000_000L;

    /** A connection that held this long counts as good: the next failure starts with a quick retry. */
    static final long STABLE_NS = 30_000_000_000L;

    /** Events before a timing report, the report, events behind it. */
    private static final int MOST_PER_ROUND = 3;

    /** A message that was handed over. */
    private static final class Sent {
        final long ticket;
        final long lastSeq;
        final long sentNs;
        boolean answered;

        Sent(long ticket, long lastSeq, long sentNs) {
            this.ticket = ticket;
            this.lastSeq = lastSeq;
            this.sentNs = sentNs;
        }
    }

    /** Acknowledges nothing: the message carried no record. */
    private static final long NO_RECORD = -1;

    private enum Phase {
        DOWN,
        CONNECTING,
        UP
    }

    private final TelemetryConfig config;
    private final Birth birth;
    private final Topics topics;
    private final Outbox outbox;
    private final TelemetryPort port;
    private final Backoff backoff;
    private final Counters counters;
    private final PayloadEncoder encoder = new PayloadEncoder();
    private final ArrayDeque<Sent> unanswered = new ArrayDeque<>();
    private Phase phase = Phase.DOWN;
    private String loggedProblem = "";
    private String ownProblem = "";
    private long retryAtNs;
    private long phaseSinceNs;
    private long connection;
    private long nextTicket;
    private long sentSeq;
    private long lastBatchNs;

    Uplink(
            TelemetryConfig config,
            Birth birth,
            Outbox outbox,
            TelemetryPort port,
            Backoff backoff,
            Counters counters,
            long nowNs) {
        this.config = config;
        this.birth = birth;
        this.topics = new Topics(config.unit());
        this.outbox = outbox;
        this.port = port;
        this.backoff = backoff;
        this.counters = counters;
        retryAtNs = nowNs;
        lastBatchNs = nowNs - FLUSH_NS;
    }

    /** Notices what became of the connection and tries again when it is time. */
    void mindConnection(long nowNs) {
        switch (port.link()) {
            case DOWN -> {
                if (phase != Phase.DOWN) {
                    lost(nowNs);
                } else if (nowNs - retryAtNs >= 0) {
                    connect(nowNs);
                }
            }
            case CONNECTING -> {
                if (nowNs - phaseSinceNs > CONNECT_LIMIT_NS) {
                    giveUp("no answer in time");
                }
            }
            case UP -> {
                if (phase != Phase.UP) {
                    arrived(nowNs);
                }
                takeAnswers();
                Sent oldest = unanswered.peekFirst();
                if (oldest != null && nowNs - oldest.sentNs > ANSWER_LIMIT_NS) {
                    giveUp("it took no message for a minute");
                }
            }
        }
    }

    /** Publishes the state of the walk, or lets it go. */
    void publishState(WalkRecord state, long[] recorded) {
        if (phase == Phase.UP
                && port.publish(
                        0, topics.state(), encoder.state(birth.bootId(), state, recorded, counters), Delivery.LIVE)) {
            counters.increment(Counter.MESSAGES);
        }
    }

    /** Publishes at most one batch of waiting events, and a timing report, when it is full or its time has come. */
    void publishEvents(long nowNs, boolean hurry) {
        sentSeq = Math.max(sentSeq, outbox.settledSeq());
        long waiting = outbox.lastSeq() - sentSeq;
        if (phase != Phase.UP || waiting == 0) {
            return;
        }
        long paceNs = waiting >= EventBatch.MAX_EVENTS ? CATCH_UP_NS : FLUSH_NS;
        if (!hurry && nowNs - lastBatchNs < paceNs) {
            return;
        }
        boolean more = true;
        // A timing report travels alone; neither it nor the events behind it shall wait another round for that.
        for (int i = 0; i < MOST_PER_ROUND && more; i++) {
            EventBatch batch = encoder.events();
            boolean sent = outbox.peek(sentSeq, EventBatch.MAX_EVENTS, batch) > 0
                    && (batch.isTiming()
                            ? send(topics.timing(), batch.finish(), Delivery.RETAINED, batch.lastSeq(), nowNs)
                            : send(topics.events(), batch.finish(), Delivery.EVENT, batch.lastSeq(), nowNs));
            if (sent) {
                sentSeq = batch.lastSeq();
                lastBatchNs = nowNs;
            }
            more = sent && batch.metTiming();
        }
    }

    /** Tells whether there is a connection. */
    boolean up() {
        return phase == Phase.UP;
    }

    /** Tells whether every message has been answered and nothing waits. */
    boolean settled() {
        return unanswered.isEmpty() && outbox.lastSeq() == outbox.settledSeq();
    }

    /** Publishes that the unit stops in good order. */
    void publishStopped(long nowNs) {
        status(UnitState.STOPPED, nowNs);
    }

    /** Tells whether every message has been answered. */
    boolean answered() {
        return unanswered.isEmpty();
    }

    private void connect(long nowNs) {
        // Grows within a boot, also across restarts of the agent, so that a late will cannot contradict a newer birth.
        connection = Math.max(connection + 1, nowNs / 1_000_000);
        ownProblem = "";
        phase = Phase.CONNECTING;
        phaseSinceNs = nowNs;
        port.connect(topics.status(), encoder.status(birth.bootId(), connection, UnitState.OFFLINE));
    }

    private void arrived(long nowNs) {
        phase = Phase.UP;
        phaseSinceNs = nowNs;
        counters.increment(Counter.BROKER_UP);
        loggedProblem = "";
        Logger.info("telemetry: connected to {} as unit {}", config.broker(), config.unit());
        // What was sent on an earlier connection without an answer may or may not be there: it is sent again.
        sentSeq = outbox.settledSeq();
        if (!send(topics.birth(), encoder.birth(birth), Delivery.RETAINED, NO_RECORD, nowNs)
                || !status(UnitState.ONLINE, nowNs)) {
            giveUp("it took no birth message");
        }
    }

    private void giveUp(String reason) {
        ownProblem = reason;
        port.drop();
    }

    private void lost(long nowNs) {
        boolean wasUp = phase == Phase.UP;
        if (wasUp && nowNs - phaseSinceNs >= STABLE_NS) {
            backoff.reset();
        }
        phase = Phase.DOWN;
        unanswered.clear();
        retryAtNs = nowNs + backoff.nextNs();
        counters.increment(Counter.BROKER_DOWN);
        String problem = port.problem().isEmpty() ? ownProblem : port.problem();
        if (wasUp || !problem.equals(loggedProblem)) {
            Logger.warn(
                    "telemetry: {} the broker at {} ({}). The walk goes on and its records wait in memory; the agent keeps"
                            + " trying. Check that the broker runs there and that [telemetry] broker names it.",
                    wasUp ? "lost" : "cannot reach",
                    config.broker(),
                    problem);
            loggedProblem = problem;
        }
        port.drop();
    }

    private boolean status(UnitState state, long nowNs) {
        return send(
                topics.status(),
                encoder.status(birth.bootId(), connection, state),
                Delivery.RETAINED,
                NO_RECORD,
                nowNs);
    }

    private boolean send(String topic, byte[] payload, Delivery delivery, long lastSeq, long nowNs) {
        if (!port.publish(nextTicket, topic, payload, delivery)) {
            return false;
        }
        unanswered.addLast(new Sent(nextTicket, lastSeq, nowNs));
        nextTicket++;
        counters.increment(Counter.MESSAGES);
        return true;
    }

    /** Settles in the order sent: a batch leaves the outbox only when all before it were answered too. */
    private void takeAnswers() {
        for (long ticket = port.pollDelivered(); ticket != TelemetryPort.NONE; ticket = port.pollDelivered()) {
            for (Sent sent : unanswered) {
                sent.answered |= sent.ticket == ticket;
            }
        }
        for (Sent oldest = unanswered.peekFirst(); oldest != null && oldest.answered; oldest = unanswered.peekFirst()) {
            unanswered.removeFirst();
            outbox.acknowledge(oldest.lastSeq);
        }
    }
}
