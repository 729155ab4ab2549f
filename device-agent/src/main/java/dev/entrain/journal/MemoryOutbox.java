package dev.entrain.journal;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;

/**
 * An outbox in memory: a bounded ring that loses its oldest record, counted as {@link Counter#MESSAGES_DROPPED}, when it
 * is full, and everything when the process ends. A first implementation; the durable one, which survives a power cut,
 * replaces it behind the same interface.
 */
public final class MemoryOutbox implements Outbox {
    private final String bootId;
    private final Counters counters;
    private final WalkRecord[] slots;
    private long settledSeq;
    private long lastSeq;

    /**
     * Makes an empty outbox.
     *
     * @param bootId the kernel's boot id, see {@link BootId}
     * @param startedNs CLOCK_MONOTONIC now; sequence numbers start at its milliseconds, so that those of a restarted
     *     agent stay above its predecessor's within the boot (true while fewer than 1,000 records a second are made)
     * @param capacity records it holds, at least 1; about 250 bytes each
     */
    public MemoryOutbox(String bootId, long startedNs, int capacity, Counters counters) {
        if (capacity < 1) {
            throw new IllegalArgumentException("an outbox must hold at least 1 record, not " + capacity);
        }
        this.bootId = bootId;
        this.counters = counters;
        slots = new WalkRecord[capacity];
        for (int i = 0; i < capacity; i++) {
            slots[i] = new WalkRecord();
        }
        lastSeq = Math.max(0, startedNs / 1_000_000);
        settledSeq = lastSeq;
    }

    @Override
    public long append(WalkRecord record) {
        if (lastSeq - settledSeq == slots.length) {
            settledSeq++;
            counters.increment(Counter.MESSAGES_DROPPED);
        }
        lastSeq++;
        slot(lastSeq).copyFrom(record);
        return lastSeq;
    }

    @Override
    public int peek(long afterSeq, int max, Reader reader) {
        long first = Math.max(afterSeq, settledSeq) + 1;
        long end = Math.min(lastSeq, first + max - 1);
        for (long seq = first; seq <= end; seq++) {
            reader.onRecord(bootId, seq, slot(seq));
        }
        return (int) Math.max(0, end - first + 1);
    }

    @Override
    public void acknowledge(long upToSeq) {
        long upTo = Math.min(upToSeq, lastSeq);
        while (settledSeq < upTo) {
            settledSeq++;
            slot(settledSeq).timing = null; // A report is large, and its slot may stay for days.
        }
    }

    @Override
    public long lastSeq() {
        return lastSeq;
    }

    @Override
    public long settledSeq() {
        return settledSeq;
    }

    private WalkRecord slot(long seq) {
        return slots[(int) (seq % slots.length)];
    }
}
