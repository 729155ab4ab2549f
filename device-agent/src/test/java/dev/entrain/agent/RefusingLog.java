package dev.entrain.agent;

import dev.entrain.journal.ClockReading;
import dev.entrain.journal.JournalException;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.SessionLog;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log whose disk may refuse. */
final class RefusingLog implements SessionLog {
    /** Whether it refuses. */
    boolean full;

    /** Whether reading a session trips a bug. */
    boolean bug;

    /** Whether nothing can be read from it. */
    boolean unreadable;

    private final SessionLog kept;

    RefusingLog(SessionLog kept) {
        this.kept = kept;
    }

    @Override
    public long append(RecordKind kind, @Nullable String session, long timeNs, byte[] body) {
        return kept.append(kind, session, timeNs, body);
    }

    @Override
    public boolean commit() {
        return !full && kept.commit();
    }

    @Override
    public int unacknowledged(long afterSeq, int max, Reader reader) {
        return kept.unacknowledged(afterSeq, max, reader);
    }

    @Override
    public boolean acknowledge(String bootId, long upToSeq) {
        return kept.acknowledge(bootId, upToSeq);
    }

    @Override
    public long lastSeq() {
        return kept.lastSeq();
    }

    @Override
    public long waiting() {
        return kept.waiting();
    }

    @Override
    public long appendClock(ClockReading reading) {
        return kept.appendClock(reading);
    }

    @Override
    public void putSession(KeptSession session) {
        kept.putSession(session);
    }

    @Override
    public List<KeptSession> sessions() {
        return kept.sessions();
    }

    @Override
    public @Nullable KeptSession openSession() {
        return kept.openSession();
    }

    @Override
    public void records(String sessionId, Reader reader) throws IOException {
        if (bug) {
            throw new IllegalStateException("a bug that this session finds");
        }
        if (unreadable) {
            throw new JournalException("the card can't be read");
        }
        kept.records(sessionId, reader);
    }
}
