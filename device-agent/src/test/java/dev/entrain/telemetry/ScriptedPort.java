package dev.entrain.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A port that a test moves by hand. */
final class ScriptedPort implements TelemetryPort {
    /** What was handed over. */
    record Sent(long ticket, String topic, String payload, Delivery delivery) {}

    final List<Sent> sent = new ArrayList<>();
    final ArrayDeque<Long> delivered = new ArrayDeque<>();
    Link link = Link.DOWN;
    String problem = "";
    String will = "";
    int connects;
    boolean closed;
    boolean full;

    @Override
    public void connect(String willTopic, byte[] will) {
        connects++;
        link = Link.CONNECTING;
        this.will = willTopic + " " + new String(will, StandardCharsets.UTF_8);
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
    public boolean publish(long ticket, String topic, byte[] payload, Delivery delivery) {
        if (full || link != Link.UP) {
            return false;
        }
        sent.add(new Sent(ticket, topic, new String(payload, StandardCharsets.UTF_8), delivery));
        return true;
    }

    @Override
    public long pollDelivered() {
        Long ticket = delivered.poll();
        return ticket == null ? NONE : ticket;
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

    List<Sent> on(String topicEnd) {
        return sent.stream()
                .filter(message -> message.topic().endsWith(topicEnd))
                .toList();
    }
}
