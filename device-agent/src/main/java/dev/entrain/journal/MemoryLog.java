package dev.entrain.journal;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log in memory: what a unit has whose disk can't be used at all, so that the walk goes on and the clinic gets what it can
 * be told meanwhile. Bounded: the oldest record falls out, counted as {@link Counter#JOURNAL_RECORDS_LOST} and told by
 * LOST records; everything ends with the process. Thread-safe.
 */
public final class MemoryLog implements SessionLog {
    /** Records that may have fallen out before a LOST record tells; 40 s of walking. */
    private static final int MOST_UNTOLD = 256;

    private final String bootId;
    private final int capacity;
    private final Counters counters;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<String, KeptSession> sessions = new LinkedHashMap<>();
    private long lastSeq;
    private long durableSeq;
    private long ackedSeq;

    /** What fell out and is not told of yet, by kind. */
    private final Map<RecordKind, Gone> gone = new EnumMap<>(RecordKind.class);

    private int goneSinceCommit;
    private int untold;
    private long lastTimeNs;

    private static final class Gone {
        final long fromSeq;
        long toSeq;
        long count;

        Gone(long fromSeq) {
            this.fromSeq = fromSeq;
        }
    }

    private static final class Entry {
        final long seq;
        final RecordKind kind;
        final @Nullable String session;
        final byte[] body;

        Entry(long seq, RecordKind kind, @Nullable String session, byte[] body) {
            this.seq = seq;
            this.kind = kind;
            this.session = session;
            this.body = body;
        }
    }

    /**
     * Makes an empty log.
     *
     * @param bootId nobody else may give numbers to records of it
     * @param lastSeq the sequence number before the first
     * @param capacity records it holds, at least 1; about 300 bytes each
     */
    public MemoryLog(String bootId, long lastSeq, int capacity, Counters counters) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a log must hold at least 1 record, not " + capacity);
        }
        this.bootId = bootId;
        this.capacity = capacity;
        this.counters = counters;
        this.lastSeq = lastSeq;
        durableSeq = lastSeq;
        ackedSeq = lastSeq;
    }

    @Override
    public synchronized long append(RecordKind kind, @Nullable String session, long timeNs, byte[] body) {
        if (entries.size() == capacity) {
            Entry oldest = entries.removeFirst();
            if (oldest.seq > ackedSeq) {
                counters.increment(Counter.JOURNAL_RECORDS_LOST);
                lose(oldest);
            }
        }
        lastTimeNs = timeNs;
        lastSeq++;
        entries.addLast(new Entry(lastSeq, kind, session, body));
        return lastSeq;
    }

    @Override
    public long appendClock(ClockReading reading) {
        return append(RecordKind.CLOCK, null, reading.timeNs(), new RecordBodies().clock(reading));
    }

    @Override
    public synchronized boolean commit() {
        // Telling takes room too: not with every commit, as long as more falls out.
        if (untold > 0 && (goneSinceCommit == 0 || untold >= MOST_UNTOLD)) {
            tellLost();
        }
        goneSinceCommit = 0;
        durableSeq = lastSeq;
        return true;
    }

    private void lose(Entry oldest) {
        Gone of = gone.computeIfAbsent(oldest.kind, kind -> new Gone(oldest.seq));
        of.toSeq = oldest.seq;
        of.count++;
        untold++;
        goneSinceCommit++;
    }

    private void tellLost() {
        Map<RecordKind, Gone> told = new EnumMap<>(gone);
        gone.clear();
        untold = 0;
        told.forEach((kind, lost) ->
                append(RecordKind.LOST, null, lastTimeNs, new RecordBodies().body(lastTimeNs, out -> {
                            out.writeStringField("kind_lost", kind.label());
                            out.writeNumberField("count", lost.count);
                            out.writeNumberField("from_seq", lost.fromSeq);
                            out.writeNumberField("to_seq", lost.toSeq);
                        })));
    }

    @Override
    public synchronized int unacknowledged(long afterSeq, int max, Reader reader) {
        int shown = 0;
        for (Entry entry : entries) {
            if (shown < max && entry.seq > Math.max(afterSeq, ackedSeq) && entry.seq <= durableSeq) {
                reader.onRecord(bootId, entry.seq, entry.kind, entry.session, entry.body);
                shown++;
            }
        }
        return shown;
    }

    @Override
    public synchronized boolean acknowledge(String boot, long upToSeq) {
        if (!boot.equals(bootId) || upToSeq > durableSeq) {
            return false;
        }
        ackedSeq = Math.max(ackedSeq, upToSeq);
        return true;
    }

    @Override
    public synchronized long lastSeq() {
        return durableSeq;
    }

    @Override
    public synchronized long waiting() {
        return entries.stream()
                .filter(entry -> entry.seq > ackedSeq && entry.seq <= durableSeq)
                .count();
    }

    @Override
    public synchronized void putSession(KeptSession session) {
        sessions.put(session.id(), session);
    }

    @Override
    public synchronized List<KeptSession> sessions() {
        return new ArrayList<>(sessions.values());
    }

    @Override
    public synchronized @Nullable KeptSession openSession() {
        KeptSession newest = null;
        for (KeptSession session : sessions.values()) {
            newest = session.ended() ? null : session;
        }
        return newest;
    }

    @Override
    public synchronized void records(String sessionId, Reader reader) {
        for (Entry entry : entries) {
            if (sessionId.equals(entry.session)) {
                reader.onRecord(bootId, entry.seq, entry.kind, entry.session, entry.body);
            }
        }
    }
}
