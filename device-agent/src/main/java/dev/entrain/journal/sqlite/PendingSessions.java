package dev.entrain.journal.sqlite;

import dev.entrain.journal.KeptSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sessions that are put and not yet on the disk: the last state of each. Bounded. Thread-safe. */
final class PendingSessions {
    private static final int MOST = 64;

    private final Map<String, KeptSession> sessions = new LinkedHashMap<>();

    synchronized void put(KeptSession session) {
        sessions.remove(session.id());
        sessions.put(session.id(), session);
        if (sessions.size() > MOST) {
            sessions.remove(sessions.keySet().iterator().next());
        }
    }

    /** Takes all out for a transaction. */
    synchronized List<KeptSession> take() {
        List<KeptSession> all = List.copyOf(sessions.values());
        sessions.clear();
        return all;
    }

    /** Puts back what the disk refused, but where a later state came meanwhile. */
    synchronized void putBack(List<KeptSession> refused) {
        List<KeptSession> since = take();
        refused.forEach(this::put);
        since.forEach(this::put);
    }
}
