package dev.entrain.clinic.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Messages between the broker's threads and the writer: bounded in number and in bytes, and never made to wait. */
final class Inbox {
    /** Two connections' worth: one that just ended, and its successor. */
    static final int MESSAGES = 2 * BrokerLine.RECEIVE_MAXIMUM;

    static final long BYTES = 48L << 20;
    /** A batch locks its boots until it is committed; who has all of them keeps every other receiver waiting. */
    static final int BATCH_MESSAGES = 128;

    static final long BATCH_BYTES = 4L << 20;
    private static final long FIRST_WAIT_MS = 100;
    /** Gathering makes one commit of many messages; a unit does not notice so little. */
    private static final long LINGER_NS = 8_000_000L;

    private final ArrayBlockingQueue<Arrival> queue = new ArrayBlockingQueue<>(MESSAGES);
    private final AtomicLong bytes = new AtomicLong();

    /** Takes a message, unless too many or too large ones wait. */
    boolean offer(Arrival arrival) {
        int size = arrival.payload().length;
        if (bytes.addAndGet(size) > BYTES || !queue.offer(arrival)) {
            bytes.addAndGet(-size);
            return false;
        }
        return true;
    }

    /** Returns the next messages, or none after a tenth of a second. */
    List<Arrival> take() throws InterruptedException {
        List<Arrival> batch = new ArrayList<>();
        Arrival first = queue.poll(FIRST_WAIT_MS, TimeUnit.MILLISECONDS);
        long startNs = System.nanoTime();
        long size = 0;
        for (Arrival next = first; next != null; ) {
            batch.add(next);
            bytes.addAndGet(-next.payload().length);
            size += next.payload().length;
            long leftNs = LINGER_NS - (System.nanoTime() - startNs);
            boolean full = batch.size() >= BATCH_MESSAGES || size >= BATCH_BYTES;
            next = full ? null : queue.poll(Math.max(0, leftNs), TimeUnit.NANOSECONDS);
        }
        return batch;
    }

    /** Lets go of all that waits; the units have it. */
    int clear() {
        List<Arrival> gone = new ArrayList<>();
        queue.drainTo(gone);
        gone.forEach(arrival -> bytes.addAndGet(-arrival.payload().length));
        return gone.size();
    }

    int waiting() {
        return queue.size();
    }
}
