package dev.entrain.agent;

import dev.entrain.audio.AudioStatistics;
import dev.entrain.realtime.ServiceNotifier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the service manager how the agent does. Ready is: every loop turns, and the sound is open, or for 5 s was not; what is
 * missing then the status line says, and the agent waits for it. A sign of life goes out only if the sound's loop, the control
 * loop and every sensor's made a round since the last one, so that a loop that hangs ends the service and begins it afresh.
 * Used by one thread.
 */
public final class ServiceWatch implements AutoCloseable {
    /** A card that is there opens in well under a second; who waits for one that is not, learns no more from waiting on. */
    private static final long SOUND_WAIT_NS = 5_000_000_000L;

    /** Signs of life for each time the manager would lose patience. */
    private static final int SIGNS = 4;

    /** The bounds of all that an agent closes and another opens, together. */
    private static final long EXCHANGE_NS = 40_000_000_000L;

    private final @Nullable ServiceNotifier notifier;
    private final long startedNs;
    private long[] seen = new long[0];
    private boolean ready;
    private boolean exchanging;
    private long nextSignNs;

    /**
     * Says nothing yet.
     *
     * @param notifier the manager; null where there is none; owned from now on
     * @param nowNs CLOCK_MONOTONIC
     */
    public ServiceWatch(@Nullable ServiceNotifier notifier, long nowNs) {
        this.notifier = notifier;
        startedNs = nowNs;
        nextSignNs = nowNs;
    }

    /**
     * Looks at the agent; call about twice a second, and more than {@value #SIGNS} times in the manager's patience.
     *
     * @param rounds of each loop ({@link LiveAgent#rounds}); of another agent than last time if {@link #exchange} was called
     * @param sound what the audio thread tells
     * @param walking whether the walker walks
     * @param nowNs CLOCK_MONOTONIC
     */
    public void look(long[] rounds, AudioStatistics sound, boolean walking, long nowNs) {
        ServiceNotifier manager = notifier;
        if (manager == null) {
            return;
        }
        manager.status((walking ? "walking; sound: " : "sound: ") + sound.description());
        if (nowNs - nextSignNs < 0 || !moved(rounds)) {
            return;
        }
        if (!ready && opened(sound, nowNs)) {
            ready = true;
            manager.ready();
        }
        if (manager.watchdogNs() > 0) {
            if (exchanging) {
                exchanging = false;
                manager.allow(manager.watchdogNs());
            }
            manager.alive();
            nextSignNs = nowNs + manager.watchdogNs() / SIGNS;
        }
        seen = rounds.clone();
    }

    /** Returns whether the manager was told that the agent is up, or there is nobody to tell. */
    public boolean ready() {
        return ready || notifier == null;
    }

    /** An agent is about to be exchanged for the next: its loops end, which takes a while and is no fault. */
    public void exchange() {
        ServiceNotifier manager = notifier;
        if (manager != null && manager.watchdogNs() > 0) {
            exchanging = true;
            manager.allow(Math.max(EXCHANGE_NS, manager.watchdogNs()));
        }
    }

    /** Tells that the end begins. */
    public void stopping() {
        if (notifier != null) {
            notifier.stopping();
        }
    }

    /** An output that is being opened is neither: a driver that hangs in it must not pass for an agent that is up. */
    private boolean opened(AudioStatistics sound, long nowNs) {
        return switch (sound.state()) {
            case PLAYING -> true;
            case WAITING -> nowNs - startedNs >= SOUND_WAIT_NS;
            case OPENING, STOPPED -> false;
        };
    }

    private boolean moved(long[] rounds) {
        for (int i = 0; i < rounds.length; i++) {
            if (rounds[i] == (i < seen.length ? seen[i] : 0)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        if (notifier != null) {
            notifier.close();
        }
    }
}
