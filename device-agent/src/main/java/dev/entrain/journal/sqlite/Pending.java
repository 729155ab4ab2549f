package dev.entrain.journal.sqlite;

import dev.entrain.journal.ClockReading;
import dev.entrain.journal.RecordKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records that are accepted and not yet on the disk. Bounded: while the disk refuses, the oldest that is no therapy data
 * falls out, else the oldest; how many of what is kept until a LOST record can tell. Thread-safe; never waits for a disk.
 */
final class Pending {
    /** Records it holds, besides a few of what was lost: 20 minutes of walking at 6 a second. */
    static final int MOST_RECORDS = 8_192;

    /** Bytes of bodies it holds. */
    static final long MOST_BYTES = 1L << 20;

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final Map<RecordKind, Lost> lost = new EnumMap<>(RecordKind.class);
    private long lastSeq;
    private long bytes;

    /** A record. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Entry(
            long seq,
            RecordKind kind,
            @Nullable String session,
            long timeNs,
            byte[] body,
            @Nullable ClockReading clock) {}

    /** What gave way, of one kind. */
    record Lost(RecordKind kind, long count, long fromSeq, long toSeq) {
        Lost and(Lost other) {
            return new Lost(kind, count + other.count, Math.min(fromSeq, other.fromSeq), Math.max(toSeq, other.toSeq));
        }
    }

    /** What one transaction takes: everything there is, and numbers set aside after it. */
    record Batch(List<Entry> entries, long bytes, long spareSeq) {}

    /**
     * Makes an empty one.
     *
     * @param lastSeq the sequence number before the first
     */
    Pending(long lastSeq) {
        this.lastSeq = lastSeq;
    }

    /** Accepts a record; a CLOCK with what it tells. */
    synchronized long append(
            RecordKind kind, @Nullable String session, long timeNs, byte[] body, @Nullable ClockReading clock) {
        lastSeq++;
        add(new Entry(lastSeq, kind, session, timeNs, body, clock));
        return lastSeq;
    }

    /**
     * Takes everything out for a transaction.
     *
     * @param spare sequence numbers set aside for what the transaction itself has to tell, so that no greater one is on the
     *     disk before a smaller one
     */
    synchronized Batch take(int spare) {
        Batch batch = new Batch(new ArrayList<>(entries), bytes, lastSeq + 1);
        entries.clear();
        bytes = 0;
        lastSeq += spare;
        return batch;
    }

    /** Puts back what the disk refused. */
    synchronized void putBack(Batch batch) {
        List<Entry> since = new ArrayList<>(entries);
        entries.clear();
        bytes = 0;
        batch.entries().forEach(this::add);
        since.forEach(this::add);
    }

    /**
     * Puts back what there was no room for, while something greater got to the disk: everything gets a fresh number, above
     * that. Nobody has seen the old ones, as only what is durable is shown.
     */
    synchronized void putBackAbove(Batch batch) {
        putBack(batch);
        List<Entry> all = new ArrayList<>(entries);
        entries.clear();
        for (Entry entry : all) {
            lastSeq++;
            entries.addLast(
                    new Entry(lastSeq, entry.kind(), entry.session(), entry.timeNs(), entry.body(), entry.clock()));
        }
    }

    /** Returns and forgets what fell out. */
    synchronized List<Lost> takeLost() {
        List<Lost> all = List.copyOf(lost.values());
        lost.clear();
        return all;
    }

    synchronized boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Returns the greatest number given out. */
    synchronized long lastSeq() {
        return lastSeq;
    }

    /** Returns how many fell out and are not told of yet. */
    synchronized long lostCount() {
        long count = 0;
        for (Lost one : lost.values()) {
            count += one.count();
        }
        return count;
    }

    private void add(Entry entry) {
        entries.addLast(entry);
        bytes += entry.body().length;
        while (entries.size() > MOST_RECORDS || bytes > MOST_BYTES) { // Ends: each round takes one out.
            dropOne();
        }
    }

    private void dropOne() {
        Entry gone = null;
        for (Iterator<Entry> each = entries.iterator(); each.hasNext() && gone == null; ) {
            Entry entry = each.next();
            if (!entry.kind().therapy()) {
                gone = entry;
                each.remove();
            }
        }
        if (gone == null) {
            gone = entries.removeFirst();
        }
        bytes -= gone.body().length;
        lost.merge(gone.kind(), new Lost(gone.kind(), 1, gone.seq(), gone.seq()), Lost::and);
    }
}
