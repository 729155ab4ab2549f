package dev.entrain.journal.sqlite;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.BootClock;
import dev.entrain.journal.ClockReading;
import dev.entrain.journal.JournalException;
import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.RawFolder;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.SessionLog;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The unit's durable journal: one SQLite file, {@code journal.db} in the state folder. Accepting a record never waits for
 * the disk; {@link #commit} writes everything accepted in one transaction and returns when a power cut can't take it back.
 * What gives way when the limit is reached is {@link JournalLimits}'s rule. A damaged file is set aside, never deleted, and a
 * fresh one begun. Thread-safe; every method but {@link #append} may wait for the disk.
 */
public final class SqliteJournal implements SessionLog, AutoCloseable {
    /** The file's name in the state folder. */
    public static final String FILE = "journal.db";

    /** Greatest body of a record, bytes. */
    public static final int MOST_BODY_BYTES = 256 << 10;

    private static final int MOST_ROUNDS = 16;
    private static final int COMMITS_PER_ROOM_CHECK = 64;

    private final Path file;
    private final JournalLimits limits;
    private final String bootId;
    private final NanoClock clock;
    private final WallClock wall;
    private final Counters counters;
    private final String synchronous;
    private final Pending pending;
    private final DiskRoom room;
    private final RawFolder raw;
    private final PendingSessions sessionsPending = new PendingSessions();
    private final Object disk = new Object();
    private JournalStore store;
    private boolean refusing;
    private int commits;
    private volatile long lastSeq;
    private final AtomicLong waiting = new AtomicLong();

    private SqliteJournal(
            Path stateDir,
            JournalLimits limits,
            String bootId,
            NanoClock clock,
            WallClock wall,
            Counters counters,
            String synchronous)
            throws JournalException {
        file = stateDir.resolve(FILE);
        this.limits = limits;
        this.bootId = bootId;
        this.clock = clock;
        this.wall = wall;
        this.counters = counters;
        this.synchronous = synchronous;
        room = new DiskRoom(stateDir);
        raw = new RawFolder(stateDir);
        long leastSeq = Math.max(0, clock.nowNs() / 1_000_000);
        List<String> setAside = new ArrayList<>();
        store = JournalStore.open(file, limits, synchronous, setAside);
        lastSeq = Math.max(leastSeq, store.lastSeqKept());
        pending = new Pending(lastSeq);
        begin(store);
        for (String damage : setAside) {
            tellDamage(damage);
        }
        room.prepare();
    }

    /**
     * Opens the journal of a unit, or begins one.
     *
     * @param stateDir the agent's folder for what it keeps; made if missing
     * @param limits how much it may hold
     * @param bootId the boot that times belong to
     * @param clock CLOCK_MONOTONIC of that boot
     * @param wall what the operating system believes the time is
     * @throws JournalException if the file can't be opened: it belongs to a newer agent, another process has it, or the disk
     *     refuses; the message says what to do
     */
    public static SqliteJournal open(
            Path stateDir, JournalLimits limits, String bootId, NanoClock clock, WallClock wall, Counters counters)
            throws JournalException {
        return open(stateDir, limits, bootId, clock, wall, counters, "FULL");
    }

    /** Opens a journal that is less careful, for a comparison. */
    static SqliteJournal open(
            Path stateDir,
            JournalLimits limits,
            String bootId,
            NanoClock clock,
            WallClock wall,
            Counters counters,
            String synchronous)
            throws JournalException {
        try {
            Files.createDirectories(stateDir);
        } catch (IOException e) {
            throw new JournalException(stateDir + ": can't be made (" + e.getMessage() + "); correct state_dir", e);
        }
        NativeLibrary.use(stateDir);
        return new SqliteJournal(stateDir, limits, bootId, clock, wall, counters, synchronous);
    }

    /**
     * Opens a copy of a journal for reading, see {@link JournalSnapshot}; also the file itself, while no agent runs.
     *
     * @throws JournalException if it can't be opened, is damaged, or belongs to a running agent
     */
    public static JournalReader openReadOnly(Path file) throws JournalException {
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isRegularFile(file) || folder == null) {
            throw new JournalException(file + ": no journal there; name the unit's state folder");
        }
        NativeLibrary.use(folder);
        return new JournalReader(file, JournalStore.openForReading(file));
    }

    @Override
    public long append(RecordKind kind, @Nullable String session, long timeNs, byte[] body) {
        if (body.length > MOST_BODY_BYTES) {
            throw new IllegalArgumentException("a record of " + body.length + " bytes; at most " + MOST_BODY_BYTES);
        }
        return pending.append(kind, session, timeNs, body, null);
    }

    /** Adds a CLOCK record, and keeps what it tells for {@link #clock}. */
    @Override
    public long appendClock(ClockReading reading) {
        return pending.append(RecordKind.CLOCK, null, reading.timeNs(), RecordBodies.clock(reading), reading);
    }

    /**
     * Inserts or replaces a session. Durable with the next commit, and read only after it. Put it before its first record is
     * committed.
     */
    @Override
    public void putSession(KeptSession session) {
        sessionsPending.put(session);
    }

    @Override
    public boolean commit() {
        synchronized (disk) {
            boolean done = flush();
            if (done && pending.lostCount() > 0) {
                for (Pending.Lost lost : pending.takeLost()) {
                    counters.add(Counter.JOURNAL_RECORDS_LOST, lost.count());
                    append(RecordKind.LOST, null, clock.nowNs(), RecordBodies.lost(clock.nowNs(), lost));
                }
                done = flush();
            }
            if (done && ++commits % COMMITS_PER_ROOM_CHECK == 0) {
                room.prepare();
            }
            tellRefusing(!done);
            return done;
        }
    }

    @Override
    public int unacknowledged(long afterSeq, int max, Reader reader) {
        List<JournalStore.Waiting> some;
        synchronized (disk) {
            some = answer(List.of(), () -> store.unacknowledged(afterSeq, max, lastSeq));
        }
        for (JournalStore.Waiting record : some) {
            reader.onRecord(record.bootId(), record.seq(), record.kind(), record.session(), record.body());
        }
        return some.size();
    }

    @Override
    public boolean acknowledge(String bootId, long upToSeq) {
        synchronized (disk) {
            long settled = answer(-1L, () -> store.acknowledge(bootId, upToSeq, lastSeq));
            waiting.addAndGet(-Math.max(0, settled));
            return settled >= 0;
        }
    }

    @Override
    public long lastSeq() {
        return lastSeq;
    }

    @Override
    public long waiting() {
        return waiting.get();
    }

    /** Returns every kept session, oldest first. */
    @Override
    public List<KeptSession> sessions() {
        synchronized (disk) {
            return answer(List.of(), () -> JournalReader.sessions(store.database()));
        }
    }

    /** Returns the session in progress, or null. */
    @Override
    public @Nullable KeptSession openSession() {
        List<KeptSession> all = sessions();
        return all.isEmpty() || all.getLast().ended() ? null : all.getLast();
    }

    /** Shows all durable records of a session in order, acknowledged or not. The reader must not come back to the journal. */
    @Override
    public void records(String sessionId, Reader reader) {
        synchronized (disk) {
            answer(0, () -> {
                JournalReader.sessionRecords(store.database(), sessionId, reader);
                return 0;
            });
        }
    }

    /** Returns what is known of a boot's UTC by now, committed readings only. */
    public BootClock clock(String bootId) {
        synchronized (disk) {
            return answer(new BootClock(List.of()), () -> JournalReader.clock(store.database(), bootId));
        }
    }

    /** Writes what it can, and closes the file. */
    @Override
    public void close() {
        synchronized (disk) {
            commit();
            store.close();
        }
    }

    /** One transaction after the other until nothing is left, or the disk refuses whatever is tried. */
    private boolean flush() {
        boolean forced = false;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<KeptSession> sessions = sessionsPending.take();
            if (pending.isEmpty() && sessions.isEmpty() && !store.changed()) {
                if (forced) {
                    remakeDiskRoom();
                }
                return true;
            }
            Pending.Batch batch = null;
            try {
                boolean tight = forced || store.low();
                batch = pending.take(tight ? RecordKind.values().length : 0);
                JournalStore.Written written = store.write(batch, sessions, tight, forced, lastSeq, clock.nowNs());
                counters.add(Counter.JOURNAL_RECORDS_LOST, written.lost());
                waiting.addAndGet(written.waiting());
                lastSeq = Math.max(lastSeq, written.lastSeq());
                if (!written.whole()) {
                    pending.putBack(batch);
                    if (written.removed() == 0) {
                        return false;
                    }
                }
            } catch (SQLException e) {
                store.rollback();
                sessionsPending.putBack(sessions);
                if (batch != null) {
                    pending.putBack(batch);
                }
                if (!mend(e)) {
                    return false;
                }
                forced = Database.refused(e);
            }
        }
        return false;
    }

    /** Does what may help against a refusal. Returns whether to try again. */
    private boolean mend(SQLException e) {
        if (Database.damaged(e)) {
            return setAside(e);
        }
        if (Database.refused(e)) {
            return raw.giveOldestUp() || makeDiskRoom();
        }
        Logger.error(e, "The journal can't be written.");
        return false;
    }

    /** Whether deleting what the clinic has may help; then there is room on the disk for it. */
    private boolean makeDiskRoom() {
        try {
            if (!store.canGiveWay(lastSeq)) {
                return false;
            }
        } catch (SQLException e) {
            return false;
        }
        room.giveUp();
        store.resetLog();
        return true;
    }

    /** The disk was full and deleting helped: deletes on, until the disk has room for the next time. */
    private void remakeDiskRoom() {
        try {
            for (int i = 0; i < MOST_ROUNDS && !store.canGiveBack(); i++) {
                Pending.Batch nothing = new Pending.Batch(List.of(), 0, lastSeq + 1);
                if (store.write(nothing, List.of(), true, true, lastSeq, clock.nowNs())
                                .removed()
                        == 0) {
                    break;
                }
                store.resetLog();
            }
            store.giveBack();
        } catch (SQLException e) {
            store.rollback();
        }
        room.prepare();
    }

    /** The file turned out to be damaged: goes on with a fresh one. Returns whether there is one. */
    private boolean setAside(SQLException e) {
        store.close();
        List<String> told = new ArrayList<>();
        try {
            told.add(JournalStore.setAside(file, e.getMessage()));
            store = JournalStore.open(file, limits, synchronous, told);
            begin(store);
        } catch (JournalException again) {
            Logger.error("{}", again.getMessage());
            return false;
        }
        told.forEach(this::tellDamage);
        return true;
    }

    private void begin(JournalStore fresh) throws JournalException {
        waiting.set(fresh.begin(bootId, lastSeq + 1, clock.nowNs(), wall.now()));
    }

    private void tellDamage(String text) {
        Logger.error("{}", text);
        append(RecordKind.FAULT, null, clock.nowNs(), RecordBodies.fault(clock.nowNs(), "journal_damaged", text));
    }

    private void tellRefusing(boolean now) {
        if (now) {
            counters.increment(Counter.JOURNAL_WRITES_FAILED);
        }
        if (now != refusing) {
            refusing = now;
            if (now) {
                Logger.warn(
                        "{}: the disk or the journal's limit is full. Records wait in memory; free some space.", file);
            } else {
                Logger.info("{}: written again.", file);
            }
        }
    }

    private interface Question<T> {
        T answer() throws SQLException;
    }

    /** A damaged file is found by reading as well; then there is nothing to show, and the next commit begins afresh. */
    private <T> T answer(T otherwise, Question<T> question) {
        try {
            return question.answer();
        } catch (SQLException e) {
            if (!Database.damaged(e) || !setAside(e)) {
                Logger.error("{}: can't be read ({}).", file, e.getMessage());
            }
            return otherwise;
        }
    }
}
