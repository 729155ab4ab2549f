package dev.entrain.clinic.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** Emulated units on one thread, each with its own connection. Made, started, told to make no more, awaited, closed. */
public final class Fleet implements AutoCloseable {
    private static final int CONNECTING_AT_ONCE = 64;
    private static final long TICK_MS = 5;
    private static final Duration END_LIMIT = Duration.ofSeconds(5);

    private final InetSocketAddress broker;
    private final Latencies latencies = new Latencies();
    private final List<EmulatedUnit> units = new ArrayList<>();
    private final Thread thread;
    private volatile boolean making;
    private volatile boolean ending;
    private volatile boolean running = true;
    private volatile int unitsUp;
    private volatile long recordsWaiting;
    private volatile @Nullable String failure;

    /** Makes units that are not connected; their names begin with {@code name}. */
    public Fleet(InetSocketAddress broker, String name, FleetPlan plan) {
        this.broker = broker;
        RandomGenerator random = RandomGenerator.getDefault();
        long nowNs = System.nanoTime();
        for (int i = 0; i < plan.units(); i++) {
            units.add(new EmulatedUnit(name + "-" + i, plan, latencies, nowNs, random));
        }
        thread = Thread.ofPlatform().name("entrain-fleet").unstarted(this::run);
    }

    /** Begins to connect. */
    public void start() {
        thread.start();
    }

    /** Begins, or ends, the making of records; at its end each unit ends its session. */
    public void make(boolean records) {
        if (making && !records) {
            ending = true;
        }
        making = records;
    }

    /** Returns how many units are connected and subscribed. */
    public int unitsUp() {
        return unitsUp;
    }

    /** Returns how many records wait for an acknowledgement. */
    public long recordsWaiting() {
        return ending ? Long.MAX_VALUE : recordsWaiting;
    }

    /** Returns why the fleet's thread ended, or null. */
    public @Nullable String failure() {
        return failure;
    }

    /** Returns how many records each unit made; to be asked after {@link #close}. */
    public Map<String, Long> made() {
        Map<String, Long> made = new TreeMap<>();
        units.forEach(unit -> made.put(unit.name(), unit.made()));
        return made;
    }

    /** Returns the times; to be asked after {@link #close}. */
    public Latencies latencies() {
        return latencies;
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join(END_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Selector selector = Selector.open()) {
            while (running) {
                selector.select(this::ready, TICK_MS);
                tick(selector, System.nanoTime());
            }
        } catch (IOException | RuntimeException e) {
            Logger.error(e, "fleet: ended");
            failure = e.toString();
        } finally {
            units.forEach(unit -> unit.lost(System.nanoTime()));
        }
    }

    private void ready(SelectionKey key) {
        EmulatedUnit unit = (EmulatedUnit) key.attachment();
        UnitSocket socket = unit.socket();
        try {
            if (socket != null) {
                socket.ready();
            }
        } catch (IOException e) {
            unit.lost(System.nanoTime());
        }
    }

    private void tick(Selector selector, long nowNs) throws IOException {
        int up = 0;
        int connecting = 0;
        long waiting = 0;
        boolean end = ending && !making;
        if (end) {
            recordsWaiting = Long.MAX_VALUE;
            ending = false;
        }
        for (EmulatedUnit unit : units) {
            try {
                unit.tick(nowNs, making);
                if (end) {
                    unit.end(nowNs);
                }
            } catch (IOException e) {
                unit.lost(nowNs);
            }
            waiting += unit.waitingRecords();
            up += unit.up() ? 1 : 0;
            connecting += !unit.up() && unit.socket() != null ? 1 : 0;
        }
        for (EmulatedUnit unit : units) {
            if (connecting < CONNECTING_AT_ONCE && unit.wantsConnection(nowNs)) {
                try {
                    unit.connecting(new UnitSocket(selector, broker, unit.name(), unit, unit));
                    connecting++;
                } catch (IOException e) {
                    unit.lost(nowNs);
                }
            }
        }
        unitsUp = up;
        recordsWaiting = end ? Long.MAX_VALUE : waiting;
    }
}
