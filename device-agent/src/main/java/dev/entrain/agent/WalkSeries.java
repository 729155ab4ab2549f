package dev.entrain.agent;

import dev.entrain.journal.JournalException;
import dev.entrain.remote.ClinicOrders;
import dev.entrain.remote.InForce;
import dev.entrain.session.SessionEngine;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import org.tinylog.Logger;

/**
 * One agent after another: the button begins session after session, and what the clinic ordered counts from the first moment
 * on at which no session goes on and nobody walks. What makes an agent fail is not begun with again. What was stopped stays
 * stopped until the button, whatever was exchanged. Used by one thread.
 */
public final class WalkSeries implements AutoCloseable {
    /** The last words are spoken before the sound ends. */
    private static final long AFTER_SESSION_NS = 10_000_000_000L;

    /** Who has stood for so long before a session is not about to start. */
    private static final long STILL_NS = 10_000_000_000L;

    /** A walk without a programme has no end of its own; a red light is none. */
    private static final long STILL_PLAIN_NS = 60_000_000_000L;

    /** An agent that lives so long is known to work. */
    private static final long PROVEN_NS = 10_000_000_000L;

    private final ClinicOrders orders;
    private final AgentMaker maker;
    private final NanoClock clock;
    private final boolean changes;
    private InForce inForce;
    private LiveAgent agent;
    private boolean proven;
    private long startedNs;
    private long stillSinceNs;
    private long overSinceNs;
    private boolean over;

    /** Makes an agent that is not started yet. */
    @FunctionalInterface
    public interface AgentMaker {
        /**
         * Makes one.
         *
         * @throws IOException if it can't be made
         */
        LiveAgent make(InForce inForce) throws IOException;
    }

    /**
     * Starts the first agent, with what the unit is known to run with.
     *
     * @param changes whether another agent may follow; not while a recording of one walk goes on
     * @throws IOException if it can't be made
     */
    public WalkSeries(ClinicOrders orders, AgentMaker maker, NanoClock clock, boolean changes) throws IOException {
        this.orders = orders;
        this.maker = maker;
        this.clock = clock;
        this.changes = changes;
        inForce = orders.begin();
        agent = make();
        started(clock.nowNs());
    }

    private void started(long nowNs) {
        agent.start();
        proven = false;
        over = false;
        startedNs = nowNs;
        stillSinceNs = nowNs;
    }

    /** Returns the agent that lives now. */
    public LiveAgent agent() {
        return agent;
    }

    /**
     * Looks after the agent; call about twice a second.
     *
     * @return whether to go on: not when a thread of the agent died of an error
     * @throws IOException if the next agent can't be made
     */
    public boolean look(long nowNs) throws IOException {
        if (agent.failed()) {
            orders.failed("a part of the unit failed soon after it began with it");
            return false;
        }
        if (!proven && nowNs - startedNs >= PROVEN_NS) {
            proven = true;
            orders.proven();
        }
        if (agent.status().walking()) {
            stillSinceNs = nowNs;
        }
        if (agent.sessionOver() && !over) {
            over = true;
            overSinceNs = nowNs;
        }
        boolean sessionDone = over && nowNs - overSinceNs >= AFTER_SESSION_NS;
        if (changes && (sessionDone || (orders.waiting() && idle(nowNs)))) {
            next();
        }
        return true;
    }

    private boolean idle(long nowNs) {
        return inSession()
                ? false
                : nowNs - stillSinceNs >= (inForce.prescription() == null ? STILL_PLAIN_NS : STILL_NS);
    }

    private boolean inSession() {
        SessionEngine.Mode mode = agent.status().session().mode();
        return mode != null && mode != SessionEngine.Mode.WAITING;
    }

    private void next() throws IOException {
        agent.close();
        Silence before = agent.status().silence();
        SessionEngine.Mode mode = agent.status().session().mode();
        boolean begun = mode == SessionEngine.Mode.RUNNING || mode == SessionEngine.Mode.PAUSED;
        // Pressed in the very moment: the session goes on with what it began with.
        if (!begun && orders.waiting()) {
            InForce wanted = orders.apply();
            inForce = wanted == null ? orders.begin() : wanted;
        }
        agent = make();
        agent.keep(before);
        started(clock.nowNs());
    }

    /** Makes an agent: with what is in force, else with what worked before, else with the unit's own file. */
    private LiveAgent make() throws IOException {
        try {
            return maker.make(inForce);
        } catch (IOException | RuntimeException e) {
            if (!orders.ordered() || taken(e)) {
                throw e;
            }
            Logger.error(e, "The unit did not start with what the clinic ordered");
            orders.failed("the unit did not start with it: " + e.getMessage());
            inForce = orders.begin();
        }
        try {
            return maker.make(inForce);
        } catch (IOException | RuntimeException e) {
            if (!orders.ordered() || taken(e)) {
                throw e;
            }
            Logger.error(e, "Nor with what worked before; the unit's own file holds");
            inForce = orders.ownFile("the unit did not start with it: " + e.getMessage());
            return maker.make(inForce);
        }
    }

    /** A journal that another agent has, as one on a stalled disk still may, is no fault of what was ordered. */
    private static boolean taken(Exception e) {
        return e instanceof JournalException journal && journal.taken();
    }

    @Override
    public void close() {
        agent.close();
    }
}
