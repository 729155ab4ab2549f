package dev.entrain.clinic.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one viewer of a live stream. A viewer who is too slow loses the oldest state, or where none waits the oldest
 * of all, and is told how many; the feed never waits for him. Thread-safe.
 */
final class ViewerQueue {
    static final int ROOM = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final ArrayDeque<Event> waiting = new ArrayDeque<>(ROOM);
    private long lost;
    private boolean closed;

    /** One event of the stream; {@code data} is one JSON object. */
    record Event(String kind, String data) {}

    /** Adds a message of the unit. Returns at once. */
    void add(String kind, byte[] payload) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (waiting.size() == ROOM) {
                makeRoom();
                lost++;
            }
            waiting.add(new Event(kind, new String(payload, StandardCharsets.UTF_8)));
            change.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the next event, first of all how many were lost; null if none comes in time or the queue is closed. */
    @Nullable
    Event next(long waitNs) throws InterruptedException {
        lock.lock();
        try {
            long leftNs = waitNs;
            while (waiting.isEmpty() && !closed && leftNs > 0) {
                leftNs = change.awaitNanos(leftNs);
            }
            if (closed) {
                return null;
            }
            if (lost > 0) {
                Event told = new Event("lost", "{\"count\":" + lost + "}");
                lost = 0;
                return told;
            }
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes whoever waits; nothing comes after this. */
    void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom() {
        for (Iterator<Event> events = waiting.iterator(); events.hasNext(); ) {
            if (events.next().kind().equals("state")) {
                events.remove();
                return;
            }
        }
        waiting.poll();
    }
}
