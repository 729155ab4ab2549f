package dev.entrain.telemetry;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.LiveState;
import dev.entrain.journal.RecordLog;
import dev.entrain.telemetry.TelemetryPort.Arrival;
import dev.entrain.telemetry.TelemetryPort.Delivery;
import org.tinylog.Logger;

/**
 * Keeps the unit connected and news flowing both ways: birth and status on every connection, live state before waiting
 * records, replies, and what comes for this unit. Used by the outbound thread only; never waits.
 */
final class Uplink {
    /** Just above the 5 s the port allows for the line: for an answer on the open line Paho would wait for ever. */
    static final long CONNECT_LIMIT_NS = 6_000_000_000L;

    /** A broker that keeps the line open but takes no message for this long is as good as gone. */
    static final long ANSWER_LIMIT_NS = 60_000_000_000L;

    /** A connection that held this long counts as good: the next failure starts with a quick retry. */
    static final long STABLE_NS = 30_000_000_000L;

    /** Arrivals looked at in one round; the port holds no more. */
    private static final int MOST_ARRIVALS = 64;

    private enum Phase {
        DOWN,
        CONNECTING,
        /** Connected; birth and status are on their way. */
        ARRIVING,
        UP
    }

    private final TelemetryConfig config;
    private final Birth birth;
    private final Topics topics;
    private final Inbound inbound;
    private final TelemetryPort port;
    private final Backoff backoff;
    private final Counters counters;
    private final Handover handover;
    private final RecordStream records;
    private final PayloadEncoder encoder = new PayloadEncoder();
    private Phase phase = Phase.DOWN;
    private boolean birthSent;
    private String loggedProblem = "";
    private String loggedRefusal = "";
    private String ownProblem = "";
    private long retryAtNs;
    private long phaseSinceNs;
    private long connection;
    private long roundNs;

    Uplink(
            TelemetryConfig config,
            Birth birth,
            RecordLog log,
            Inbound inbound,
            TelemetryPort port,
            Backoff backoff,
            Counters counters,
            long nowNs) {
        this.config = config;
        this.birth = birth;
        topics = new Topics(config.unit());
        this.inbound = inbound;
        this.port = port;
        this.backoff = backoff;
        this.counters = counters;
        handover = new Handover(port, counters);
        CatchUpPace pace = new CatchUpPace(config.catchUpPerS(), nowNs);
        records = new RecordStream(topics, log, handover, pace, counters, nowNs);
        retryAtNs = nowNs;
        roundNs = nowNs;
    }

    /** Notices what became of the connection, takes what came, and tries again when it is time. */
    void mindConnection(long nowNs) {
        roundNs = nowNs;
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
                if (phase == Phase.CONNECTING) {
                    connected(nowNs);
                }
                takeAnswers(nowNs);
                introduce(nowNs);
                takeArrivals(nowNs);
                if (handover.overdue(ANSWER_LIMIT_NS, nowNs)) {
                    giveUp("it took no message for a minute");
                } else if (records.deaf()) {
                    giveUp("nothing of the clinic came for minutes, so the line is made anew");
                }
            }
        }
        inbound.doWork(this::reply, nowNs);
    }

    /** Publishes the state of the walk, or lets it go. */
    void publishState(LiveState state) {
        if (phase == Phase.UP
                && port.publish(
                        0,
                        topics.state(),
                        encoder.state(birth.bootId(), state, records.waiting(), counters),
                        Delivery.LIVE)) {
            counters.increment(Counter.MESSAGES);
        }
    }

    /** Publishes records as far as they may go now; see {@link RecordStream#doWork}. */
    boolean publishRecords(boolean limited, boolean hurry, long nowNs) {
        return phase == Phase.UP && records.doWork(limited, hurry, nowNs);
    }

    /** Tells whether there is a connection. */
    boolean up() {
        return phase == Phase.UP;
    }

    /** Tells whether every record was handed over and acknowledged, or cannot be. */
    boolean settled() {
        return records.waiting() == 0 || (records.handedOver() && !records.awaitsClinic());
    }

    /** Publishes that the unit stops in good order; false if the broker's window is full. */
    boolean publishStopped(long nowNs) {
        return status(UnitState.STOPPED, nowNs);
    }

    /** Tells whether the broker answered every message. */
    boolean answered() {
        return handover.answered();
    }

    /** Returns why the last try to connect failed; empty once one worked. */
    String problem() {
        return loggedProblem;
    }

    /** Returns why records cannot get through and what to do; empty while they can. Thread-safe. */
    String trouble() {
        return records.trouble();
    }

    private void connect(long nowNs) {
        // Grows within a boot, also across restarts of the agent, so that a late will cannot contradict a newer birth.
        connection = Math.max(connection + 1, nowNs / 1_000_000);
        ownProblem = "";
        phase = Phase.CONNECTING;
        phaseSinceNs = nowNs;
        port.connect(topics.status(), encoder.status(birth.bootId(), connection, UnitState.OFFLINE), topics.wanted());
    }

    private void connected(long nowNs) {
        phase = Phase.ARRIVING;
        phaseSinceNs = nowNs;
        birthSent = false;
        counters.increment(Counter.BROKER_UP);
        loggedProblem = "";
        Logger.info("telemetry: connected to {} as unit {}", config.broker(), config.unit());
        records.restart();
    }

    /** Birth and status come first, one after the other where the broker's window is that small. */
    private void introduce(long nowNs) {
        if (phase == Phase.ARRIVING) {
            birthSent = birthSent
                    || handover.hand(topics.birth(), encoder.birth(birth), Delivery.RETAINED, nowNs)
                            != TelemetryPort.NONE;
            if (birthSent && status(UnitState.ONLINE, nowNs)) {
                phase = Phase.UP;
                inbound.onConnected(this::reply, nowNs);
            }
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
        handover.clear();
        retryAtNs = nowNs + backoff.nextNs();
        counters.increment(Counter.BROKER_DOWN);
        String problem = port.problem().isEmpty() ? ownProblem : port.problem();
        if (wasUp || !problem.equals(loggedProblem)) {
            Logger.warn(
                    "telemetry: {} the broker at {} ({}). The walk goes on and its records wait in the journal; the agent"
                            + " keeps trying. Check that the broker runs there and that [telemetry] broker names it.",
                    wasUp ? "lost" : "cannot reach",
                    config.broker(),
                    problem);
            loggedProblem = problem;
        }
        port.drop();
    }

    private boolean status(UnitState state, long nowNs) {
        byte[] payload = encoder.status(birth.bootId(), connection, state);
        return handover.hand(topics.status(), payload, Delivery.RETAINED, nowNs) != TelemetryPort.NONE;
    }

    private boolean reply(String leaf, byte[] payload, boolean retained) {
        return phase == Phase.UP
                && handover.hand(topics.reply(leaf), payload, retained ? Delivery.RETAINED : Delivery.EVENT, roundNs)
                        != TelemetryPort.NONE;
    }

    private void takeAnswers(long nowNs) {
        for (long ticket = handover.takeDelivered(); ticket != TelemetryPort.NONE; ticket = handover.takeDelivered()) {
            records.onDelivered(ticket);
        }
        String refusal = port.refusal();
        for (long ticket = handover.takeRefused(); ticket != TelemetryPort.NONE; ticket = handover.takeRefused()) {
            records.onRefused(ticket, refusal, nowNs);
        }
        if (!refusal.isEmpty() && !refusal.equals(loggedRefusal)) {
            loggedRefusal = refusal;
            Logger.warn(
                    "telemetry: the broker at {} {}. Whoever looks after it must allow unit {} its own topics.",
                    config.broker(),
                    refusal,
                    config.unit());
        }
    }

    private void takeArrivals(long nowNs) {
        for (int i = 0; i < MOST_ARRIVALS; i++) {
            Arrival arrival = port.pollArrived();
            if (arrival == null) {
                return;
            }
            take(arrival, nowNs);
            port.done(arrival);
        }
    }

    /** Returns what is left of a message's life: it went on while the message waited here. */
    private static long lifeS(Arrival arrival, long nowNs) {
        long waitedS = Math.max(0, nowNs - arrival.atNs()) / 1_000_000_000L;
        return arrival.expiryS() == Inbound.NEVER ? Inbound.NEVER : Math.max(0, arrival.expiryS() - waitedS);
    }

    private void take(Arrival arrival, long nowNs) {
        String leaf = topics.leafOf(arrival.topic());
        if (leaf.equals("ack")) {
            records.onAck(arrival.payload(), nowNs);
        } else if (leaf.isEmpty()) {
            counters.increment(Counter.DOWNLINK_DROPPED);
        } else {
            try {
                inbound.onMessage(
                        leaf, arrival.payload(), lifeS(arrival, nowNs), arrival.retained(), this::reply, nowNs);
            } catch (RuntimeException e) {
                // A bug, but one that a message can trip: if it ended the agent, the retained message would end each
                // next one.
                counters.increment(Counter.DOWNLINK_DROPPED);
                Logger.error(e, "telemetry: a message on down/{} could not be handled and is dropped", leaf);
            }
        }
    }
}
