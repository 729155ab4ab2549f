package dev.entrain.clinic.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.clinic.Titles;
import dev.entrain.clinic.Unit;
import dev.entrain.clinic.account.Token;
import dev.entrain.clinic.account.WebSessions;
import dev.entrain.clinic.ingest.LiveFeed;
import dev.entrain.clinic.sql.DatabaseAway;
import io.javalin.http.sse.SseClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Live streams to browsers. Each viewer has a thread that waits for his unit's messages and says every ten seconds that it is
 * still there; then it also looks whether his log-in is, which keeps the log-in awake: a page that shows a walk does not log
 * out in its midst. Thread-safe.
 */
final class LiveStreams {
    static final int MOST_VIEWERS = 200;
    static final int MOST_OF_LOGIN = 12;

    private final LiveFeed feed;
    private final WebSessions sessions;
    private final long heartbeatNs;
    private final Map<ViewerQueue, Token> viewers = new ConcurrentHashMap<>();

    LiveStreams(LiveFeed feed, WebSessions sessions, Duration heartbeat) {
        this.feed = feed;
        this.sessions = sessions;
        heartbeatNs = heartbeat.toNanos();
    }

    /**
     * Throws if no viewer more can be served.
     *
     * @throws ApiError then
     */
    void checkRoom(Token token) {
        long ofLogin = viewers.values().stream().filter(token::equals).count();
        if (viewers.size() >= MOST_VIEWERS || ofLogin >= MOST_OF_LOGIN) {
            throw ApiError.tooMany("Too many live pages are open.", "Close some of them.", 30);
        }
    }

    /** Serves a viewer until he goes or his log-in ends. Holds its thread. */
    void serve(SseClient client, Unit unit, Token token) {
        ViewerQueue queue = new ViewerQueue();
        client.onClose(queue::close);
        viewers.put(queue, token);
        LiveFeed.@Nullable Subscription subscription = null;
        try {
            // What songs are called is read in sessions, by clinicians, as long as the patient agrees; here by nobody.
            subscription = feed.subscribe(unit, (kind, payload) -> queue.add(kind, shown(kind, payload)));
            client.sendComment("live");
            run(client, queue, token);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            Logger.warn("{}: no live stream for a viewer: {}", unit.name(), e.getMessage());
        } finally {
            if (subscription != null) {
                subscription.close();
            }
            viewers.remove(queue);
            queue.close();
            client.close();
        }
    }

    /** Ends the streams of a log-in that ended; other receivers notice at their next heartbeat. */
    void loggedOut(Token token) {
        viewers.forEach((queue, of) -> {
            if (of.equals(token)) {
                queue.close();
            }
        });
    }

    /** Ends all streams. */
    void close() {
        viewers.keySet().forEach(ViewerQueue::close);
    }

    int viewers() {
        return viewers.size();
    }

    private static byte[] shown(String kind, byte[] payload) {
        if (!kind.equals("log")) {
            return Titles.without(payload);
        }
        ObjectNode log = Json.stored(new String(payload, StandardCharsets.UTF_8));
        if (log.path("text").isTextual()) {
            log.put("text", Titles.withoutInLog(log.path("text").textValue()));
        }
        return log.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void run(SseClient client, ViewerQueue queue, Token token) throws InterruptedException {
        long beatNs = System.nanoTime() + heartbeatNs;
        while (!client.terminated() && !queue.closed()) {
            ViewerQueue.Event event = queue.next(Math.max(1, beatNs - System.nanoTime()));
            if (event != null) {
                client.sendEvent(event.kind(), event.data());
            }
            if (System.nanoTime() - beatNs >= 0) {
                beatNs = System.nanoTime() + heartbeatNs;
                if (!loggedIn(token)) {
                    client.sendEvent("logged_out", "{}");
                    return;
                }
                client.sendComment("alive");
            }
        }
        // Another of his pages logged out, and this one shall not look as if the network were gone.
        if (!client.terminated() && !loggedIn(token)) {
            client.sendEvent("logged_out", "{}");
        }
    }

    /** While the database is away a live page goes on: it shows nothing of the database. */
    private boolean loggedIn(Token token) {
        try {
            return sessions.use(token) != null;
        } catch (DatabaseAway e) {
            Logger.debug("live: {}", e.getMessage());
            return true;
        }
    }
}
