package dev.entrain.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A port that a test moves by hand. */
final class ScriptedPort implements TelemetryPort {
    /** What was handed over. */
    record Sent(long ticket, String topic, String payload, Delivery delivery) {}

    final List<Sent> sent = new ArrayList<>();
    final ArrayDeque<Long> delivered = new ArrayDeque<>();
    final ArrayDeque<Long> refused = new ArrayDeque<>();
    final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
    final List<Arrival> done = new ArrayList<>();
    List<String> wanted = List.of();
    Link link = Link.DOWN;
    String problem = "";
    String refusal = "";
    String will = "";
    long mostBytes = Long.MAX_VALUE;
    int connects;
    boolean closed;
    boolean full;

    /** Whether the broker answers every message at once. */
    boolean answering;

    /** A part of a topic that the broker refuses while it answers; null for none. */
    @Nullable
    String forbidden;

    @Override
    public void connect(String willTopic, byte[] will, List<String> wanted) {
        connects++;
        link = Link.CONNECTING;
        this.will = willTopic + " " + new String(will, StandardCharsets.UTF_8);
        this.wanted = wanted;
        delivered.clear();
        refused.clear();
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public String problem() {
        return problem;
    }

    @Override
    public String refusal() {
        return refusal;
    }

    @Override
    public long mostBytes() {
        return mostBytes;
    }

    @Override
    public boolean publish(long ticket, String topic, byte[] payload, Delivery delivery) {
        if (full || link != Link.UP) {
            return false;
        }
        sent.add(new Sent(ticket, topic, new String(payload, StandardCharsets.UTF_8), delivery));
        if (answering && delivery != Delivery.LIVE) {
            (forbidden != null && topic.contains(forbidden) ? refused : delivered).add(ticket);
        }
        return true;
    }

    @Override
    public long pollDelivered() {
        Long ticket = delivered.poll();
        return ticket == null ? NONE : ticket;
    }

    @Override
    public long pollRefused() {
        Long ticket = refused.poll();
        return ticket == null ? NONE : ticket;
    }

    @Override
    public @Nullable Arrival pollArrived() {
        return arrivals.poll();
    }

    @Override
    public void done(Arrival arrival) {
        done.add(arrival);
    }

    @Override
    public void drop() {
        link = Link.DOWN;
    }

    @Override
    public void close() {
        link = Link.DOWN;
        closed = true;
    }

    /** Answers everything sent so far. */
    void answerAll() {
        for (Sent message : sent) {
            if (message.delivery() != Delivery.LIVE) {
                delivered.add(message.ticket());
            }
        }
    }

    /** Something comes for the unit. */
    void arrive(String topic, String payload) {
        arrivals.add(new Arrival(topic, payload.getBytes(StandardCharsets.UTF_8), Inbound.NEVER, false, 0, 1));
    }

    List<Sent> on(String topicEnd) {
        return sent.stream()
                .filter(message -> message.topic().endsWith(topicEnd))
                .toList();
    }
}
