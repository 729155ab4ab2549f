package dev.entrain.clinic.ingest;

import dev.entrain.clinic.metrics.Metrics;
import dev.entrain.clinic.store.DeadLetter;
import dev.entrain.clinic.store.DeadLetter.Reason;
import dev.entrain.clinic.store.Parcel;
import dev.entrain.clinic.store.Parcel.Coverage;
import dev.entrain.clinic.store.RecordStore;
import dev.entrain.clinic.store.Stored;
import dev.entrain.clinic.store.UnitNews;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Takes messages from the inbox, stores them, and only then has them acknowledged to the broker and to the units. While the
 * database is away it holds one batch and tries again; after a few seconds the receiver leaves the broker, so that others
 * of the group get what comes.
 */
final class Writer {
    private static final long PATIENCE_NS = 5_000_000_000L;
    private static final long STATES_EVERY_NS = 5_000_000_000L;
    private static final int STATES_AT_ONCE = 100;
    private static final int UNITS = 20_000;
    private static final int DETAIL_TOLD = 200;
    /** SQLSTATE of a lock that was not had in time. */
    private static final String LOCKED = "55P03";

    private final RecordStore store;
    private final Inbox inbox;
    private final Acks acks;
    private final Metrics metrics;
    private final Runnable onAcks;
    private final BiFunction<String, byte[], MessageReader.Read> reader;
    private final ConcurrentHashMap<String, Arrival> states = new ConcurrentHashMap<>();
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private final long startNs = System.nanoTime();
    private long statesAtNs = startNs;
    private @Nullable Coverage newest;
    private @Nullable Long newestTimeNs;
    private volatile boolean databaseUp = true;
    private volatile boolean stopping;

    Writer(RecordStore store, Inbox inbox, Acks acks, Metrics metrics, Runnable onAcks) {
        this(store, new MessageReader()::read, inbox, acks, metrics, onAcks);
    }

    Writer(
            RecordStore store,
            BiFunction<String, byte[], MessageReader.Read> reader,
            Inbox inbox,
            Acks acks,
            Metrics metrics,
            Runnable onAcks) {
        this.store = store;
        this.reader = reader;
        this.inbox = inbox;
        this.acks = acks;
        this.metrics = metrics;
        this.onAcks = onAcks;
        metrics.databaseUp.set(1);
    }

    /** False once the database was away for more than a few seconds, until it is back. */
    boolean databaseUp() {
        return databaseUp;
    }

    /** Notes the walk now of a unit; only the newest is stored, every few seconds. Thread-safe. */
    void state(Arrival arrival) {
        if (states.size() < UNITS || states.containsKey(arrival.topic())) {
            states.put(arrival.topic(), arrival);
        }
    }

    /** Has {@link #run} return once all that waits is stored, or at once while the database is away. Thread-safe. */
    void stop() {
        stopping = true;
    }

    /** Works until {@link #stop}; for a thread of its own. */
    void run() {
        while (!stopping || inbox.waiting() > 0) {
            try {
                List<Arrival> batch = inbox.take();
                if (!batch.isEmpty()) {
                    write(batch);
                }
                if (System.nanoTime() - statesAtNs > STATES_EVERY_NS) {
                    writeStates();
                }
            } catch (InterruptedException e) {
                return;
            } catch (Throwable e) {
                // A mistake of ours, or what a batch too large for us led to: a writer that ended would take half of
                // all messages with it.
                Logger.error(e, "receiver: states could not be dealt with");
            }
            if (stopping && !databaseUp) {
                return;
            }
        }
    }

    /**
     * Stores a batch. A mistake of ours with one message costs none of the others, and no place in the broker's window for
     * ever: its unit keeps it and sends it again.
     */
    private void write(List<Arrival> batch) {
        try {
            List<Parcel> parcels = new ArrayList<>();
            List<UnitNews> news = new ArrayList<>();
            for (Arrival arrival : batch) {
                read(arrival, parcels, news);
            }
            if (commit(parcels, news)) {
                batch.forEach(Arrival::complete);
            }
            onAcks.run();
        } catch (Throwable e) {
            if (batch.size() > 1) {
                Logger.warn(
                        "receiver: a batch could not be dealt with ({}); trying its messages one by one", e.toString());
                batch.forEach(arrival -> write(List.of(arrival)));
                return;
            }
            Arrival arrival = batch.getFirst();
            Logger.error(e, "receiver: a message of {} could not be dealt with; its unit keeps it", arrival.topic());
            metrics.refused.labelValues("mistake").inc();
            arrival.complete();
        }
    }

    /** In transactions of their own, so that no record waits for them. */
    private void writeStates() {
        statesAtNs = System.nanoTime();
        List<Arrival> newestStates = List.copyOf(states.values());
        states.clear();
        List<Parcel> parcels = new ArrayList<>();
        List<UnitNews> news = new ArrayList<>();
        for (Arrival arrival : newestStates) {
            read(arrival, parcels, news);
            if (parcels.size() + news.size() >= STATES_AT_ONCE) {
                commit(parcels, news);
                parcels = new ArrayList<>();
                news = new ArrayList<>();
            }
        }
        commit(parcels, news);
        noteLag();
    }

    private void read(Arrival arrival, List<Parcel> parcels, List<UnitNews> news) {
        metrics.messages.labelValues(arrival.word()).inc();
        MessageReader.Read read = reader.apply(arrival.topic(), arrival.payload());
        if (read.parcel() != null) {
            parcels.add(read.parcel());
        }
        if (read.news() != null) {
            news.add(read.news());
        }
    }

    /** Stores a batch however long it takes; false if the receiver ends before. */
    private boolean commit(List<Parcel> parcels, List<UnitNews> news) {
        if (parcels.isEmpty() && news.isEmpty()) {
            return true;
        }
        long sinceNs = System.nanoTime();
        while (true) {
            try {
                commitOnce(parcels, news);
                backOn();
                return true;
            } catch (SQLException e) {
                if (isContent(e)) {
                    return commitHalves(parcels, news, e);
                }
                metrics.retries.inc();
                if (!waitForDatabase(e, sinceNs)) {
                    return false;
                }
            }
        }
    }

    private void commitOnce(List<Parcel> parcels, List<UnitNews> news) throws SQLException {
        long atNs = System.nanoTime();
        Stored stored = store.store(parcels, news);
        metrics.commit.observe((System.nanoTime() - atNs) / 1e9);
        metrics.stored.inc(stored.fresh());
        metrics.duplicates.inc(stored.duplicates());
        for (DeadLetter letter : stored.letters()) {
            metrics.letters.labelValues(letter.reason().label()).inc();
            Logger.warn(
                    "receiver: unit {} sent what is no record ({}, {}): {}; it is kept in dead_letter",
                    letter.unit(),
                    letter.topic(),
                    letter.reason().label(),
                    letter.detail());
        }
        if (!stored.full().isEmpty()) {
            metrics.refused.labelValues("full").inc(stored.full().size());
            Logger.error(
                    "receiver: dead_letter is full; {} messages stay with their units: look at the table and empty it",
                    stored.full().size());
        }
        stored.upTo().forEach((key, upTo) -> {
            if (upTo > 0) {
                acks.add(key, upTo);
            }
        });
        if (!parcels.isEmpty() && !parcels.getLast().records().isEmpty()) {
            newest = parcels.getLast().coverage();
            newestTimeNs = parcels.getLast().records().getLast().timeNs();
        }
    }

    /** The database does not take something of the batch: halves of halves show what, in few commits. */
    private boolean commitHalves(List<Parcel> parcels, List<UnitNews> news, SQLException why) {
        if (parcels.size() + news.size() > 1) {
            int someParcels = news.isEmpty() ? parcels.size() / 2 : parcels.size();
            int someNews = parcels.isEmpty() ? news.size() / 2 : 0;
            boolean first = commit(parcels.subList(0, someParcels), news.subList(0, someNews));
            boolean second = commit(parcels.subList(someParcels, parcels.size()), news.subList(someNews, news.size()));
            return first && second;
        }
        if (parcels.isEmpty()) {
            Logger.warn(
                    "receiver: the database does not take what unit {} says of itself: {}",
                    news.getFirst().unit().name(),
                    why.getMessage());
            metrics.letters.labelValues(Reason.REFUSED.label()).inc();
            return true;
        }
        Parcel parcel = parcels.getFirst();
        String unit =
                parcel.coverage() == null ? "" : parcel.coverage().key().unit().name();
        boolean again = parcel.letters().stream().anyMatch(letter -> letter.reason() == Reason.REFUSED);
        if (again) {
            Logger.error(
                    "receiver: not even as a dead letter is a message of unit {} taken: {}", unit, why.getMessage());
            metrics.refused.labelValues("content").inc();
            return true;
        }
        String detail = String.valueOf(why.getMessage());
        DeadLetter letter = new DeadLetter(
                unit,
                parcel.topic(),
                Reason.REFUSED,
                detail.substring(0, Math.min(DETAIL_TOLD, detail.length())),
                parcel.raw());
        return commit(
                List.of(new Parcel(parcel.topic(), parcel.raw(), parcel.coverage(), List.of(), List.of(letter))),
                List.of());
    }

    /** Classes of SQLSTATE that speak of the content, not of the server: data, constraints, syntax of a value, limits. */
    private static boolean isContent(SQLException e) {
        SQLException told = e.getNextException() == null ? e : e.getNextException();
        String state = told.getSQLState() == null ? "" : told.getSQLState();
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
    }

    private boolean waitForDatabase(SQLException e, long sinceNs) {
        // A row that another receiver holds says nothing against the database, and is let go within seconds.
        boolean away = System.nanoTime() - sinceNs > PATIENCE_NS && !LOCKED.equals(e.getSQLState());
        if (databaseUp && away) {
            databaseUp = false;
            metrics.databaseUp.set(0);
            int gone = inbox.clear();
            Logger.error(
                    "database: away ({}); leaving the broker until it is back, {} messages stay with their units. Is PostgreSQL running?",
                    e.getMessage(),
                    gone);
        }
        if (stopping) {
            return false;
        }
        LockSupport.parkNanos(backoff.nextNs());
        return !Thread.currentThread().isInterrupted();
    }

    private void backOn() {
        backoff.reset();
        if (!databaseUp) {
            databaseUp = true;
            metrics.databaseUp.set(1);
            Logger.info("database: back");
        }
    }

    private void noteLag() {
        Coverage of = newest;
        Long timeNs = newestTimeNs;
        newest = null;
        if (of == null || timeNs == null) {
            return;
        }
        try {
            OptionalDouble age = store.ageS(of.key(), timeNs);
            age.ifPresent(metrics.lag::set);
        } catch (SQLException e) {
            Logger.debug("database: no age of the newest record ({})", e.getMessage());
        }
    }
}
