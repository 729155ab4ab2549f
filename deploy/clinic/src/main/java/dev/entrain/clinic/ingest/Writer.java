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
    private static final int UNITS = 20_000;
    private static final int DETAIL_TOLD = 200;

    private final RecordStore store;
    private final Inbox inbox;
    private final Acks acks;
    private final Metrics metrics;
    private final Runnable onAcks;
    private final MessageReader reader = new MessageReader();
    private final ConcurrentHashMap<String, Arrival> states = new ConcurrentHashMap<>();
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private final long startNs = System.nanoTime();
    private long statesAtNs = startNs;
    private @Nullable Coverage newest;
    private @Nullable Long newestTimeNs;
    private volatile boolean databaseUp = true;
    private volatile boolean stopping;

    Writer(RecordStore store, Inbox inbox, Acks acks, Metrics metrics, Runnable onAcks) {
        this.store = store;
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
                boolean statesDue = System.nanoTime() - statesAtNs > STATES_EVERY_NS;
                if (!batch.isEmpty() || statesDue) {
                    write(batch, statesDue);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // A mistake of ours with one batch: it stays unacknowledged, the units send it again, and we go on.
                Logger.error(e, "receiver: a batch could not be dealt with");
            }
            if (stopping && !databaseUp) {
                return;
            }
        }
    }

    private void write(List<Arrival> batch, boolean statesDue) {
        List<Parcel> parcels = new ArrayList<>();
        List<UnitNews> news = new ArrayList<>();
        for (Arrival arrival : batch) {
            read(arrival, parcels, news);
        }
        if (statesDue) {
            statesAtNs = System.nanoTime();
            List<Arrival> newestStates = List.copyOf(states.values());
            states.clear();
            newestStates.forEach(arrival -> read(arrival, parcels, news));
            noteLag();
        }
        if (commit(parcels, news)) {
            batch.forEach(Arrival::complete);
        }
        onAcks.run();
    }

    private void read(Arrival arrival, List<Parcel> parcels, List<UnitNews> news) {
        metrics.messages.labelValues(arrival.word()).inc();
        MessageReader.Read read = reader.read(arrival.topic(), arrival.payload());
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
                    return commitEach(parcels, news, e);
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

    /** The database does not take something of the batch: what it is, shows when each is stored by itself. */
    private boolean commitEach(List<Parcel> parcels, List<UnitNews> news, SQLException why) {
        if (parcels.size() + news.size() > 1) {
            boolean all = true;
            for (Parcel parcel : parcels) {
                all &= commit(List.of(parcel), List.of());
            }
            for (UnitNews item : news) {
                all &= commit(List.of(), List.of(item));
            }
            return all;
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
        boolean away = System.nanoTime() - sinceNs > PATIENCE_NS;
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
