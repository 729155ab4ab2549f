package dev.entrain.agent;

import dev.entrain.journal.KeptHeader;
import dev.entrain.journal.Moment;
import dev.entrain.journal.SettledFacts;
import dev.entrain.journal.SongRecord;
import dev.entrain.journal.SongSource;
import dev.entrain.journal.WalkRecord;
import dev.entrain.session.Block;
import dev.entrain.session.SessionEvent;
import dev.entrain.session.SessionState;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says to which session a fact belongs. A programme's begins and ends with its events; a walk without one is a session too,
 * from its first step until {@value #IDLE_S} s without one or the end of the agent. For the journal's thread; not
 * thread-safe.
 */
final class SessionKeeper {
    /** A plain walk is over after so long without a step, s. */
    static final int IDLE_S = 600;

    private static final long IDLE_NS = IDLE_S * 1_000_000_000L;

    /** Songs taken in one round: more than anybody skips in that time. */
    private static final int MOST_SONGS = 64;

    /** A block is a half open interval, and the last step belongs to it. */
    private static final long AFTER_LAST_NS = 1_000_000L;

    /** A session that has ended waits so long for the song that fades with it, ns. */
    private static final long SONG_WAIT_NS = 2_000_000_000L;

    private final KeptSessions sessions;
    private final SettledFacts facts;
    private final KeptHeader.Plan plan;
    private final boolean plain;
    private final SessionStatus status;
    private final BooleanSupplier emulated;
    private final SongSource songs;
    private final WalkRecord told = new WalkRecord();
    private KeptSessions.@Nullable Open open;
    private @Nullable Ending ending;
    private boolean over;
    private boolean news;
    private long lastStepNs;
    private volatile @Nullable String lastId;

    /** A session whose last event was told: its summary waits for its last song. */
    private record Ending(KeptSessions.Open session, SessionEvent.End how, long endedNs, long untilNs) {}

    /**
     * Makes a keeper.
     *
     * @param plan what a new session gives
     * @param interrupted the session that goes on; null for a new one
     * @param status told the name of the session
     * @param emulated whether an insole says that it is not there: the session is then marked as simulated
     * @param songs what music played
     */
    SessionKeeper(
            KeptSessions sessions,
            SettledFacts facts,
            KeptHeader.Plan plan,
            KeptSessions.@Nullable Interrupted interrupted,
            SessionStatus status,
            BooleanSupplier emulated,
            SongSource songs) {
        this.sessions = sessions;
        this.facts = facts;
        this.plan = plan;
        this.status = status;
        this.emulated = emulated;
        this.songs = songs;
        plain = plan.programmeToml() == null;
        open = interrupted == null ? null : interrupted.open();
        status.id(id());
        lastId = id();
    }

    /** Any thread: returns the name of the session that goes on or went on last; null before the first. */
    @Nullable
    String lastId() {
        return lastId;
    }

    /** Returns the session's name; null in none. */
    @Nullable
    String id() {
        KeptSessions.Open session = open;
        return session == null ? null : session.header().id();
    }

    /** Returns whether a programme's session has ended with all that belongs to it. */
    boolean over() {
        return over && ending == null;
    }

    /** Returns once whether something happened that should be on the disk at once. */
    boolean news() {
        boolean now = news;
        news = false;
        return now;
    }

    /** Takes a fact from the ring. */
    void take(WalkRecord record, Moment now) {
        switch (record.kind) {
            case STATE -> state(record.state, now);
            case EVENT -> event(record, now);
            case STEP -> {
                if (plain) {
                    lastStepNs = open == null ? record.timeNs : Math.max(lastStepNs, record.timeNs);
                    if (open == null) {
                        beginPlain(record.timeNs, now);
                    }
                }
                facts.take(record, id());
            }
            default -> facts.take(record, id());
        }
    }

    /** Takes the songs that are over; call after {@link #take} of the facts there are. */
    void hearSongs() {
        for (int i = 0; i < MOST_SONGS; i++) {
            SongRecord song = songs.next();
            if (song == null) {
                return;
            }
            Ending last = ending;
            boolean before = last != null && song.fromNs() - last.endedNs() < 0;
            facts.song(song, last != null && before ? last.session().header().id() : id());
        }
    }

    /** Lets time pass. */
    void look(long nowNs) {
        Ending last = ending;
        if (last != null && (!songs.playing() || nowNs - last.untilNs() >= 0)) {
            end(last);
        }
        KeptSessions.Open session = open;
        if (session != null && !session.header().simulated() && emulated.getAsBoolean()) {
            open = sessions.simulated(session);
        }
        if (plain && open != null && nowNs - lastStepNs > IDLE_NS) {
            endPlain();
        }
    }

    /** The agent ends: a plain walk is over, a programme's session can go on after a restart. */
    void stop() {
        Ending last = ending;
        if (last != null) {
            end(last);
        }
        if (plain && open != null) {
            endPlain();
        } else {
            facts.finish(id(), WalkRecord.NONE);
        }
    }

    private void state(@Nullable SessionState state, Moment now) {
        KeptSessions.Open session = open;
        if (session != null && state != null) {
            open = sessions.keep(session, state, now);
        }
    }

    private void event(WalkRecord record, Moment now) {
        SessionEvent event = record.event;
        if (!plain && open == null && event.kind != SessionEvent.Kind.ENDED && !over) {
            begun(sessions.begin(plan, record.timeNs, emulated.getAsBoolean(), now));
        }
        news |= lasting(event.kind);
        KeptSessions.Open session = open;
        if (!plain && session != null && event.kind == SessionEvent.Kind.ENDED) {
            // What waits happened before.
            facts.finish(id(), record.timeNs);
            facts.take(record, id());
            SessionEvent.End how = event.end == null ? SessionEvent.End.ABANDONED : event.end;
            ending = new Ending(session, how, record.timeNs, now.timeNs() + SONG_WAIT_NS);
            open = null;
            status.id(null);
            over = true;
        } else {
            facts.take(record, id());
        }
    }

    private static boolean lasting(SessionEvent.Kind kind) {
        return switch (kind) {
            case LOCKED, UNLOCKED -> false; // They come often and mean nothing to a restart.
            default -> true;
        };
    }

    private void beginPlain(long timeNs, Moment now) {
        begun(sessions.begin(plan, timeNs, emulated.getAsBoolean(), now));
        tell(SessionEvent.Kind.STARTED, timeNs);
        tell(SessionEvent.Kind.BLOCK_STARTED, timeNs);
    }

    private void endPlain() {
        KeptSessions.Open session = open;
        if (session != null) {
            long endedNs = lastStepNs + AFTER_LAST_NS;
            facts.finish(id(), WalkRecord.NONE);
            tell(SessionEvent.Kind.BLOCK_ENDED, endedNs);
            tell(SessionEvent.Kind.ENDED, endedNs);
            open = null;
            status.id(null);
            end(new Ending(session, SessionEvent.End.PLAIN, endedNs, endedNs));
        }
    }

    private void begun(KeptSessions.Open session) {
        open = session;
        news = true;
        lastId = session.header().id();
        status.id(session.header().id());
    }

    private void end(Ending ended) {
        sessions.end(ended.session(), ended.how(), ended.endedNs());
        ending = null;
        news = true;
    }

    /** Tells what nobody but this knows: a walk without a programme is one block of free cueing. */
    private void tell(SessionEvent.Kind kind, long timeNs) {
        SessionEvent event = new SessionEvent();
        event.kind = kind;
        event.timeNs = timeNs;
        event.blockIndex = 0;
        event.block = Block.Kind.FREE;
        event.targetSpm = Double.NaN;
        event.levelPct = Double.NaN;
        event.baselineSpm = Double.NaN;
        event.end = kind == SessionEvent.Kind.ENDED ? SessionEvent.End.PLAIN : null;
        facts.take(told.setEvent(event), id());
    }
}
