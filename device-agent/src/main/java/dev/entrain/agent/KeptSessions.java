package dev.entrain.agent;

import dev.entrain.config.Prescription;
import dev.entrain.journal.JournalException;
import dev.entrain.journal.KeptHeader;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.KeptState;
import dev.entrain.journal.Moment;
import dev.entrain.journal.RecordBodies;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.SessionBodies;
import dev.entrain.journal.SessionFacts;
import dev.entrain.journal.SessionLog;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionSummaries;
import dev.entrain.outcome.Trend;
import dev.entrain.session.SessionEvent;
import dev.entrain.session.SessionState;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The sessions in the journal: begins them, goes on with one that a restart interrupted, ends them with their summary. A
 * session whose end was lost is ended as abandoned. Off the control thread, because a summary takes a while; not
 * thread-safe.
 */
final class KeptSessions {
    private static final double S_PER_MIN = 60;

    /** Once a second. */
    private static final int MOST_FAILED_READS = 30;

    private final SessionLog log;
    private final RecordBodies bodies;
    private final SessionBodies sessionBodies;
    private final Queue<Ending> ending = new ArrayDeque<>();
    private int failedReads;
    private final SecureRandom names = new SecureRandom();

    /**
     * A session that goes on.
     *
     * @param header what the journal knows of it
     * @param bootId this boot
     * @param originNs its second zero on this boot's clock, ns
     * @param stateJson what a restart needs; null where there is nothing
     */
    record Open(
            KeptHeader header,
            String bootId,
            long originNs,
            @Nullable String stateJson) {
        KeptSession kept() {
            return new KeptSession(header.id(), bootId, originNs, header.text(), stateJson, header.end() != null);
        }

        Open with(String state) {
            return new Open(header, bootId, originNs, state);
        }

        Open asSimulated() {
            return new Open(header.asSimulated(), bootId, originNs, stateJson);
        }
    }

    private record Ending(Open open, long endedNs) {}

    /**
     * A session that the unit's restart interrupted.
     *
     * @param open the session
     * @param state where it goes on
     */
    record Interrupted(Open open, SessionState state) {}

    KeptSessions(SessionLog log, RecordBodies bodies) {
        this.log = log;
        this.bodies = bodies;
        sessionBodies = new SessionBodies(bodies);
    }

    /**
     * Returns what a session gives.
     *
     * @param given null for a walk without a programme
     * @param revision of the clinic's prescription; 0 where it did not come from there
     */
    static KeptHeader.Plan plan(@Nullable Prescription given, long revision) {
        if (given == null) {
            return KeptHeader.Plan.PLAIN;
        }
        double perWeek = given.programme().sessionsPerWeek();
        return new KeptHeader.Plan(
                given.programme().name(),
                given.programme().condition().name().toLowerCase(Locale.ROOT),
                given.text(),
                perWeek,
                Trend.prescribedMin(given.programme()) / perWeek * S_PER_MIN,
                revision);
    }

    /** Begins a session at a moment and tells the clinic; durable with the next commit. */
    Open begin(KeptHeader.Plan plan, long originNs, boolean simulated, Moment now) {
        Instant started =
                now.utc().minusNanos(Math.max(0, now.timeNs() - originNs)).truncatedTo(ChronoUnit.MILLIS);
        KeptHeader header =
                new KeptHeader(newId(), plan, started, Map.of(), simulated, null).in(now.bootId(), originNs);
        Open open = new Open(header, now.bootId(), originNs, null);
        log.putSession(open.kept());
        log.append(RecordKind.SESSION, header.id(), originNs, sessionBodies.started(header, originNs));
        return open;
    }

    /** Marks a session as walked by nobody; its end tells the clinic. */
    Open simulated(Open open) {
        Open marked = open.asSimulated();
        log.putSession(marked.kept());
        return marked;
    }

    /** Keeps what a restart would need. */
    Open keep(Open open, SessionState state, Moment now) {
        Open newer = open.with(KeptState.text(state, now));
        log.putSession(newer.kept());
        return newer;
    }

    /** Ends a session whose last event was appended; its summary follows with {@link #summarise}. */
    void end(Open open, SessionEvent.End end, long endedNs) {
        ending.add(new Ending(new Open(open.header().ended(end), open.bootId(), open.originNs(), null), endedNs));
    }

    /**
     * Tells the clinic the summaries of sessions that ended. What is read back is what is durable, so it waits for the disk;
     * a session counts as ended in the journal only together with its summary. Where it can't be read back, the next call tries
     * again, a bounded number of times; then it ends without one.
     *
     * @return whether all are told; they are durable with the next commit
     */
    boolean summarise() {
        while (!ending.isEmpty()) { // Ends: one less each time.
            if (!log.commit()) {
                return false;
            }
            Ending next = ending.element();
            SessionData data = null;
            try {
                data = SessionFacts.read(next.open().kept(), log::records);
            } catch (RuntimeException e) {
                Logger.error(
                        e,
                        "Session {} can't be read; it ends without a summary",
                        next.open().header().id());
            } catch (IOException e) {
                // What was told once can't be told otherwise: better late than from half of the records.
                if (++failedReads < MOST_FAILED_READS) {
                    return false;
                }
                Logger.warn(
                        "The summary of session {} can't be made: {}",
                        next.open().header().id(),
                        e.getMessage());
            }
            failedReads = 0;
            summarise(ending.remove(), data);
        }
        return true;
    }

    private void summarise(Ending ended, @Nullable SessionData data) {
        Open open = ended.open();
        KeptHeader header = open.header();
        if (data != null) {
            try {
                byte[] body =
                        sessionBodies.ended(header, data, SessionSummaries.of(data), open.originNs(), ended.endedNs());
                log.append(RecordKind.SESSION, header.id(), ended.endedNs(), body);
            } catch (RuntimeException e) {
                // A bug that this session finds: it would end each start of the unit anew.
                Logger.error(e, "The summary of session {} can't be made; the session ends without", header.id());
            }
        }
        log.putSession(open.kept());
    }

    /**
     * Looks for the session that goes on with a programme, by the engine's rule ({@link SessionState#resumes}). Every other
     * that has no end is ended as abandoned; {@link #summarise} tells. Bounded by the sessions there are.
     *
     * @param given what is given now; null for a walk without a programme
     */
    @Nullable
    Interrupted find(@Nullable Prescription given, Moment now) {
        KeptSession newest = log.openSession();
        Interrupted found = null;
        for (KeptSession kept : log.sessions()) {
            if (kept.ended()) {
                continue;
            }
            try {
                KeptHeader header = KeptHeader.read(kept);
                SessionData data = SessionFacts.read(kept, log::records);
                SessionState state = KeptState.read(kept.stateJson(), now);
                boolean last = newest != null && newest.id().equals(kept.id());
                boolean going = last && end(data) == null;
                if (going && given != null && state != null && state.resumes(given.programme())) {
                    found = goOn(kept, header, state, lastS(data), now);
                } else {
                    finish(kept, header, data, now);
                }
            } catch (JournalException e) {
                // It may go on, or be ended as it should be, once it can be read.
                Logger.warn("An interrupted session is left for the next start: {}", e.getMessage());
            } catch (IOException e) {
                Logger.warn("An interrupted session can't be gone on with: {}", e.getMessage());
                giveUp(kept);
            } catch (RuntimeException e) {
                Logger.error(e, "Session {} can't be gone on with; it ends without a summary", kept.id());
                giveUp(kept);
            }
        }
        return found;
    }

    private void giveUp(KeptSession kept) {
        log.putSession(new KeptSession(kept.id(), kept.bootId(), kept.originNs(), kept.headerJson(), null, true));
    }

    private Interrupted goOn(KeptSession kept, KeptHeader header, SessionState state, double lastS, Moment now) {
        Long known = header.origins().get(now.bootId());
        double sinceStartS = Math.max(state.sessionS() + state.awayS(), lastS);
        long originNs = known == null ? now.timeNs() - Math.round(sinceStartS * 1e9) : known;
        Open open = new Open(header.in(now.bootId(), originNs), now.bootId(), originNs, kept.stateJson());
        log.putSession(open.kept());
        Logger.info("Session {} was interrupted; it goes on at the button", kept.id());
        return new Interrupted(open, state);
    }

    /** Ends what nobody can go on with, with the last thing known; where only the summary was lost, as it ended. */
    private void finish(KeptSession kept, KeptHeader header, SessionData data, Moment now) {
        Long known = header.origins().get(now.bootId());
        // On the clock of another boot nothing can be dated: told now, and as long ago as the wall clock says.
        long endedNs = known == null ? now.timeNs() : known + Math.round(lastS(data) * 1e9);
        long originNs = known == null ? sinceNs(header.startedUtc(), now) : known;
        SessionEvent.End end = end(data);
        if (end == null) {
            end = SessionEvent.End.ABANDONED;
            SessionEvent ended = new SessionEvent();
            ended.kind = SessionEvent.Kind.ENDED;
            ended.end = end;
            ended.timeNs = endedNs;
            ended.blockIndex = -1;
            ended.targetSpm = Double.NaN;
            ended.levelPct = Double.NaN;
            ended.baselineSpm = Double.NaN;
            log.append(RecordKind.EVENT, kept.id(), endedNs, bodies.event(ended));
        }
        end(new Open(header, now.bootId(), originNs, null), end, endedNs);
        Logger.info("Session {} was interrupted and is over", kept.id());
    }

    private static SessionEvent.@Nullable End end(SessionData data) {
        SessionEvent.End end = null;
        for (SessionData.Event event : data.events()) {
            end = event.kind() == SessionEvent.Kind.ENDED ? event.end() : end;
        }
        return end;
    }

    private static long sinceNs(Instant started, Moment now) {
        long agoS = Math.clamp(now.utc().getEpochSecond() - started.getEpochSecond(), 0, 10L * 365 * 86_400);
        return now.timeNs() - agoS * 1_000_000_000L;
    }

    private static double lastS(SessionData data) {
        double lastS = data.steps().isEmpty() ? 0 : data.steps().getLast().timeS();
        return data.events().isEmpty()
                ? lastS
                : Math.max(lastS, data.events().getLast().timeS());
    }

    /** A name that says nothing of patient, unit or time. */
    private String newId() {
        return String.format(Locale.ROOT, "%016x", names.nextLong());
    }
}
