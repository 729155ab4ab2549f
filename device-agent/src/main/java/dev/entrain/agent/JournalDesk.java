package dev.entrain.agent;

import dev.entrain.audio.AudioStatistics;
import dev.entrain.config.AgentConfig;
import dev.entrain.health.Counters;
import dev.entrain.journal.JournalException;
import dev.entrain.journal.KeptHeader;
import dev.entrain.journal.MemoryLog;
import dev.entrain.journal.Moment;
import dev.entrain.journal.RecordBodies;
import dev.entrain.journal.RecordLog;
import dev.entrain.journal.SessionLog;
import dev.entrain.journal.SettledFacts;
import dev.entrain.journal.SongSource;
import dev.entrain.journal.WalkRecord;
import dev.entrain.journal.sqlite.SqliteJournal;
import dev.entrain.realtime.KernelClock;
import dev.entrain.remote.InForce;
import dev.entrain.ring.SlotRing;
import dev.entrain.session.SessionState;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The journal of a live agent: the file, the thread behind it, and the session that goes on. Opened first, because a restart
 * goes on with what is in it; closed last.
 */
final class JournalDesk {
    /** Over an hour of walking, where the file can't be opened. */
    private static final int MEMORY_RECORDS = 20_000;

    private static final long NS_PER_MS = 1_000_000;

    private final SessionLog log;
    private final @Nullable SqliteJournal journal;
    private final @Nullable String problem;
    private final RecordBodies bodies = new RecordBodies();
    private final KeptSessions sessions;
    private final KeptHeader.Plan plan;
    private final CertificateWatch certificate;
    private final KeptSessions.@Nullable Interrupted interrupted;
    private final Counters counters;
    private final NanoClock clock;
    private final WallClock wall;
    private final String bootId;
    private @Nullable SessionKeeper sessionKeeper;
    private @Nullable JournalLoop loop;
    private @Nullable FaultWatch faults;
    private @Nullable Thread thread;

    /**
     * Opens the journal and looks for an interrupted session; others without an end are ended. A journal that can't be opened
     * is told and done without: the walk matters more. What is then kept in memory has a boot of its own: the journal may hold
     * records of this boot that the clinic lacks, so nobody may go on with the boot's numbers, or say that nothing is before
     * them. Only a journal that another process has ends the start: one unit must not speak with two voices.
     *
     * @param inForce what is given, and how much may be kept
     * @param bootId of this start of the machine
     * @throws JournalException if another process has the journal
     */
    JournalDesk(InForce inForce, Counters counters, NanoClock clock, WallClock wall, String bootId)
            throws JournalException {
        AgentConfig config = inForce.config();
        plan = KeptSessions.plan(inForce.prescription(), inForce.rxRev());
        certificate = new CertificateWatch(config.telemetry().tls(), wall);
        this.counters = counters;
        this.clock = clock;
        this.wall = wall;
        SqliteJournal opened = null;
        String why = null;
        try {
            opened = SqliteJournal.open(config.stateDir(), config.journal(), bootId, clock, wall, counters);
        } catch (JournalException e) {
            if (e.taken()) {
                throw e;
            }
            why = e.getMessage();
            Logger.error("{}. The walk goes on; what it tells is kept in memory only.", why);
        }
        journal = opened;
        problem = why;
        this.bootId = opened == null ? UUID.randomUUID().toString() : bootId;
        log = opened == null ? new MemoryLog(this.bootId, clock.nowNs() / NS_PER_MS, MEMORY_RECORDS, counters) : opened;
        sessions = new KeptSessions(log, bodies);
        try {
            interrupted = sessions.find(inForce.prescription(), new Moment(clock.nowNs(), wall.now(), this.bootId));
            sessions.summarise();
        } catch (RuntimeException e) {
            close(); // The next agent of this process shall find the file free.
            throw e;
        }
    }

    /** Returns where an interrupted session goes on; null for a new one. */
    @Nullable
    SessionState resume() {
        return interrupted == null ? null : interrupted.state();
    }

    /** Returns the log, for who brings it to the clinic. */
    RecordLog log() {
        return log;
    }

    /**
     * Makes the thread; {@link #start} sets it working.
     *
     * @param ring the facts of the walk; the journal's thread is the consumer
     * @param status told the session's name
     * @param songs what music plays
     * @param uplink says why records cannot get to the clinic although there is a connection; empty while they can
     */
    void connect(
            SlotRing<WalkRecord> ring,
            WornSensors sensors,
            AudioStatistics audio,
            WalkTiming timing,
            int timingS,
            SessionStatus status,
            SongSource songs,
            Supplier<String> uplink) {
        SettledFacts facts = new SettledFacts(log, bodies);
        SessionKeeper keeper = new SessionKeeper(sessions, facts, plan, interrupted, status, sensors::emulated, songs);
        sessionKeeper = keeper;
        FaultWatch watch =
                new FaultWatch(log, bodies, sensors.byFoot(), audio, counters, uplink, certificate, clock.nowNs());
        if (problem != null) {
            watch.found("journal_unusable", problem, clock.nowNs());
        }
        JournalLoop made = new JournalLoop(
                ring,
                log,
                bodies,
                facts,
                sessions,
                keeper,
                watch,
                timing,
                timingS,
                counters,
                clock,
                wall,
                new KernelClock()::errorS,
                bootId);
        loop = made;
        faults = watch;
        thread = Thread.ofPlatform().name("entrain-journal").unstarted(made);
    }

    /** Sets the thread working; {@code died} hears of its death. */
    void start(Thread.UncaughtExceptionHandler died) {
        Thread working = Objects.requireNonNull(thread, "connect first");
        working.setUncaughtExceptionHandler(died);
        working.start();
    }

    /** Any thread: a thread of the agent died of a bug. */
    void threadDied(String name) {
        FaultWatch watch = faults;
        if (watch != null) {
            watch.threadDied(name);
        }
    }

    /** Any thread: something of the unit fails, or works again; told to the clinic once per change. */
    void fault(String code, boolean failing, String text) {
        FaultWatch watch = faults;
        if (watch != null) {
            watch.standing(code, failing, text);
        }
    }

    /** Any thread: returns the codes of what fails now. */
    Set<String> failing() {
        FaultWatch watch = faults;
        return watch == null ? Set.of() : watch.failing();
    }

    /** Any thread: returns the name of the session that goes on or went on last; null before the first. */
    @Nullable
    String sessionId() {
        SessionKeeper keeper = sessionKeeper;
        return keeper == null ? null : keeper.lastId();
    }

    /** Any thread: returns whether a programme's session ended and is on the disk. */
    boolean over() {
        JournalLoop running = loop;
        return running != null && running.over();
    }

    /** Writes what is left; a programme's session that has not ended can go on after a restart. */
    void stop(Duration limit) {
        JournalLoop running = loop;
        Thread working = thread;
        if (running == null || working == null) {
            return;
        }
        running.stop();
        try {
            if (working.isAlive() && !working.join(limit)) {
                Logger.warn("The journal was not written within {} s: the disk is too slow", limit.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the file go; nobody may use {@link #log} after that. */
    void close() {
        if (journal != null) {
            journal.close();
        }
    }
}
