package dev.entrain.journal.sqlite;

import dev.entrain.health.Counters;
import dev.entrain.journal.BootClock;
import dev.entrain.journal.ClockReading;
import dev.entrain.journal.JournalException;
import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.SessionLog;
import dev.entrain.sqlite.NativeLibrary;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

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

    private static final long MOST_WAIT_MS = 100;

    private final Path file;
    private final ReentrantLock disk = new ReentrantLock();
    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private final JournalWriter writer;

    private SqliteJournal(Path file, JournalWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    /**
     * Opens the journal of a unit, or begins one.
     *
     * @param stateDir the agent's folder for what it keeps; made if missing
     * @param limits how much it may hold
     * @param bootId the boot that times belong to
     * @param clock CLOCK_MONOTONIC of that boot
     * @param wall what the operating system believes the time is
     * @throws JournalException if the file can't be opened: it belongs to a newer agent, another process has it
     *     ({@link JournalException#taken}), or the disk refuses; the message says what to do
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
        useLibrary(stateDir);
        Path file = stateDir.resolve(FILE);
        return new SqliteJournal(file, new JournalWriter(file, limits, bootId, clock, wall, counters, synchronous));
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
        useLibrary(folder);
        return new JournalReader(file, JournalStore.openForReading(file));
    }

    private static void useLibrary(Path stateDir) throws JournalException {
        try {
            NativeLibrary.use(stateDir);
        } catch (IOException e) {
            throw new JournalException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public long append(RecordKind kind, @Nullable String session, long timeNs, byte[] body) {
        if (body.length > MOST_BODY_BYTES) {
            throw new IllegalArgumentException("a record of " + body.length + " bytes; at most " + MOST_BODY_BYTES);
        }
        return writer.append(kind, session, timeNs, body, null);
    }

    /** Adds a CLOCK record, and keeps what it tells for {@link #clock}. */
    @Override
    public long appendClock(ClockReading reading) {
        return writer.append(RecordKind.CLOCK, null, reading.timeNs(), RecordBodies.clock(reading), reading);
    }

    /**
     * Inserts or replaces a session. Durable with the next commit, and read only after it. Put it before its first record is
     * committed.
     */
    @Override
    public void putSession(KeptSession session) {
        writer.putSession(session);
    }

    @Override
    public boolean commit() {
        disk.lock();
        try {
            settleHeard();
            return writer.commit();
        } finally {
            disk.unlock();
        }
    }

    /** Waits for the disk a moment only: while a commit has it, nothing can be read. */
    @Override
    public int unacknowledged(long afterSeq, int max, Reader reader) {
        if (!gotDisk()) {
            return -1;
        }
        List<JournalStore.Waiting> some;
        try {
            settleHeard();
            some = writer.answer(store -> store.unacknowledged(afterSeq, max, writer.lastSeq()));
        } finally {
            disk.unlock();
        }
        if (some == null) {
            return -1;
        }
        for (JournalStore.Waiting record : some) {
            reader.onRecord(record.bootId(), record.seq(), record.kind(), record.session(), record.body());
        }
        return some.size();
    }

    /** Waits for the disk a moment only: while a commit has it, the number is taken unseen, and looked at afterwards. */
    @Override
    public boolean acknowledge(String bootId, long upToSeq) {
        if (!gotDisk()) {
            heard.merge(bootId, upToSeq, Math::max);
            return true;
        }
        try {
            settleHeard();
            return writer.settle(bootId, upToSeq);
        } finally {
            disk.unlock();
        }
    }

    @Override
    public long lastSeq() {
        return writer.lastSeq();
    }

    @Override
    public long waiting() {
        return writer.waiting();
    }

    /** Returns every kept session, oldest first. */
    @Override
    public List<KeptSession> sessions() {
        disk.lock();
        try {
            List<KeptSession> all = writer.answer(store -> JournalReader.sessions(store.database()));
            return all == null ? List.of() : all;
        } finally {
            disk.unlock();
        }
    }

    /** Returns the session in progress, or null. */
    @Override
    public @Nullable KeptSession openSession() {
        List<KeptSession> all = sessions();
        return all.isEmpty() || all.getLast().ended() ? null : all.getLast();
    }

    /** Shows all durable records of a session in order, acknowledged or not; nobody waits for what the reader does. */
    @Override
    public void records(String sessionId, Reader reader) throws JournalException {
        long after = 0;
        List<JournalReader.Part> page;
        do { // Ends with the session: each page but the last is full and lies above the one before.
            page = page(sessionId, after);
            for (JournalReader.Part part : page) {
                reader.onRecord(part.bootId(), part.seq(), part.kind(), sessionId, part.body());
                after = part.seq();
            }
        } while (page.size() == JournalReader.PAGE_RECORDS);
    }

    private List<JournalReader.Part> page(String sessionId, long after) throws JournalException {
        disk.lock();
        try {
            List<JournalReader.Part> page = writer.answer(store ->
                    JournalReader.sessionRecords(store.database(), sessionId, after, JournalReader.PAGE_RECORDS));
            if (page == null) {
                throw new JournalException(file + ": session " + sessionId + " can't be read at the moment");
            }
            return page;
        } finally {
            disk.unlock();
        }
    }

    /** Returns what is known of a boot's UTC by now, committed readings only. */
    public BootClock clock(String bootId) {
        disk.lock();
        try {
            BootClock known = writer.answer(store -> JournalReader.clock(store.database(), bootId));
            return known == null ? new BootClock(List.of()) : known;
        } finally {
            disk.unlock();
        }
    }

    /** Writes what it can, and closes the file. */
    @Override
    public void close() {
        disk.lock();
        try {
            settleHeard();
            writer.close();
        } finally {
            disk.unlock();
        }
    }

    private boolean gotDisk() {
        try {
            return disk.tryLock(MOST_WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Notes what the clinic said while a commit had the disk. */
    private void settleHeard() {
        for (String boot : List.copyOf(heard.keySet())) {
            Long upTo = heard.remove(boot);
            if (upTo != null) {
                writer.settle(boot, upTo);
            }
        }
    }
}
