package dev.entrain.agent;

import dev.entrain.config.Prescription;
import dev.entrain.health.Counters;
import dev.entrain.journal.Moment;
import dev.entrain.journal.SessionFiles;
import dev.entrain.journal.SessionRecord;
import dev.entrain.ring.SlotRing;
import dev.entrain.session.SessionState;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** Where a live session is kept: the ring from the control thread, the thread behind it, and the session that goes on. */
final class SessionDesk {
    /** Over 100 s of walking, far more than a disk stands still. */
    private static final int SLOTS = 1024;

    private final @Nullable InterruptedSession interrupted;
    private final SessionFeed feed;
    private final SessionLoop loop;
    private final Thread thread;

    /**
     * Looks for an interrupted session and makes the thread.
     *
     * @param stateDir the unit's own folder; sessions are kept in {@value SessionFiles#SESSIONS} of it
     * @param bootId of this start of the machine
     */
    SessionDesk(
            Prescription prescription,
            Path stateDir,
            Counters counters,
            NanoClock clock,
            WallClock wall,
            String bootId) {
        Path sessionsDir = stateDir.resolve(SessionFiles.SESSIONS);
        Moment now = new Moment(clock.nowNs(), wall.now(), bootId);
        interrupted = InterruptedSession.find(sessionsDir, prescription.programme(), now);
        SlotRing<SessionRecord> records = new SlotRing<>(SLOTS, SessionRecord::new);
        feed = new SessionFeed(records, counters);
        loop = new SessionLoop(records, prescription, sessionsDir, interrupted, counters, clock, wall, bootId);
        thread = Thread.ofPlatform().name("entrain-session").unstarted(loop);
    }

    /** Returns the control thread's end. */
    SessionFeed feed() {
        return feed;
    }

    /** Returns where an interrupted session goes on; null for a new one. */
    @Nullable
    SessionState resume() {
        return interrupted == null ? null : interrupted.state();
    }

    @Nullable
    Path folder() {
        return loop.folder();
    }

    boolean over() {
        return loop.over();
    }

    void start() {
        thread.start();
    }

    /** Writes what is left; a session that has not ended can go on after a restart. */
    void stop(Duration limit) {
        loop.stop();
        try {
            if (thread.isAlive() && !thread.join(limit)) {
                Logger.warn("The session was not written within {} s: the disk is too slow", limit.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
