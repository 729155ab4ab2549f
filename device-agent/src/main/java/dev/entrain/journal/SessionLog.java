package dev.entrain.journal;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log of records that keeps the sessions they belong to. Thread-safe. */
public interface SessionLog extends RecordLog {
    /** Adds a CLOCK record; returns its sequence number. */
    long appendClock(ClockReading reading);

    /** Adds a session, or replaces what was kept of it; durable with the next {@link #commit}. */
    void putSession(KeptSession session);

    /** Returns the sessions that are kept, oldest first. */
    List<KeptSession> sessions();

    /** Returns the newest session if it has not ended; null if it has, or there is none. */
    @Nullable
    KeptSession openSession();

    /**
     * Shows every record of a session in order of sequence numbers, acknowledged or not.
     *
     * @param sessionId of a {@link KeptSession}
     * @throws IOException if the log can't be read; some may have been shown then
     */
    void records(String sessionId, Reader reader) throws IOException;
}
