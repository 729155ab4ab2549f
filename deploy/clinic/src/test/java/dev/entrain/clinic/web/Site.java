package dev.entrain.clinic.web;

import dev.entrain.clinic.HandClock;
import dev.entrain.clinic.Unit;
import dev.entrain.clinic.account.Accounts;
import dev.entrain.clinic.account.Role;
import dev.entrain.clinic.account.TestPasswords;
import dev.entrain.clinic.ingest.LiveFeed;
import dev.entrain.clinic.sql.Sql;
import dev.entrain.clinic.store.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A page on a free port with a clinician, a technician, a clock moved by hand and units that say what a test wants. */
final class Site implements AutoCloseable {
    static final String PASSWORD = "seven green kettles";
    static final String CLINICIAN = "clara";
    static final String TECHNICIAN = "tom";

    final HandClock clock;
    final Sql sql;
    final List<String> sent = new CopyOnWriteArrayList<>();
    private final Map<LiveFeed.Listener, Unit> listeners = new ConcurrentHashMap<>();
    private final WebServer server;

    Site(Database database, HandClock clock, @Nullable Path dashboard) throws IOException {
        this(database, clock, WebConfig.demonstration(dashboard), Duration.ofSeconds(10));
    }

    Site(Database database, HandClock clock, WebConfig config, Duration heartbeat) throws IOException {
        this.clock = clock;
        sql = new Sql(database.source());
        Accounts accounts = new Accounts(sql, TestPasswords.cheap(), clock);
        try {
            if (accounts.list().isEmpty()) {
                accounts.add(CLINICIAN, Role.CLINICIAN, PASSWORD);
                accounts.add(TECHNICIAN, Role.TECHNICIAN, PASSWORD);
            }
        } catch (Accounts.Refused e) {
            throw new IllegalStateException(e);
        }
        server = WebServer.start(
                config,
                new WebServer.Parts(
                        database.source(),
                        this::subscribe,
                        (unit, boot, id, command) -> sent.add(unit.name() + " " + boot + " " + id + " " + command),
                        clock,
                        TestPasswords.cheap()),
                heartbeat);
    }

    static HandClock noon() {
        return new HandClock(Instant.parse("2026-11-23T12:00:00Z"));
    }

    Browser browser() {
        return new Browser(server.address());
    }

    Browser loggedIn(String user) throws Exception {
        Browser browser = browser();
        if (browser.logIn(user, PASSWORD).statusCode() != 204) {
            throw new IllegalStateException(user + " could not log in");
        }
        return browser;
    }

    WebServer server() {
        return server;
    }

    void publish(String unit, String kind, String payload) {
        listeners.forEach((listener, of) -> {
            if (of.name().equals(unit)) {
                listener.onLive(kind, payload.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    int listeners() {
        return listeners.size();
    }

    @Override
    public void close() {
        server.close();
    }

    private LiveFeed.Subscription subscribe(Unit unit, LiveFeed.Listener listener) {
        listeners.put(listener, unit);
        return () -> listeners.remove(listener);
    }
}
