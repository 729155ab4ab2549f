package dev.entrain.agent;

import dev.entrain.cue.CuePlanner;
import dev.entrain.pipeline.ControlCore;
import dev.entrain.ring.SlotRing;
import dev.entrain.session.Press;
import dev.entrain.session.SessionEngine;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The patient's one button: what other threads know of it, brought to the control thread, which decides what it means
 * ({@link PressReader}). Whether a press stops or starts is decided there by what is so at that moment, so that a press that
 * was meant as a stop never starts anything. Without a programme a press stops the cues, and the next allows them again.
 */
public final class Button {
    private static final int EDGES = 64;
    private static final Press[] PRESSES = Press.values();

    private final ControlCore core;
    private final PressReader reader;
    private final SlotRing<ButtonEdge> edges = new SlotRing<>(EDGES, ButtonEdge::new);
    private final AtomicInteger asked = new AtomicInteger();

    /**
     * Makes the button of a core.
     *
     * @param core stepped by the thread that calls {@link #take}
     */
    Button(ControlCore core) {
        this.core = core;
        reader = new PressReader(core::press);
    }

    /**
     * Any thread but the control thread: the button went down or up. Bounce may be left in. Several sources take turns, for
     * the ring has one producer; none of them holds the others up for longer than a few instructions.
     *
     * @param down whether it is down from now on
     * @param timeNs when, ns of CLOCK_MONOTONIC
     */
    public synchronized void edge(boolean down, long timeNs) {
        ButtonEdge slot = edges.claim();
        if (slot != null) { // A button that bounces 64 times in 2 ms has more bounce to come.
            slot.down = down;
            slot.timeNs = timeNs;
            edges.publish();
        }
    }

    /** Any thread: a press by other means than the button, such as a word on the standard input. */
    public void press(Press press) {
        int bit = 1 << press.ordinal();
        int before = asked.get();
        // Ends, because somebody else's change goes through whenever ours does not, and there are few of them.
        while (!asked.compareAndSet(before, before | bit)) {
            before = asked.get();
        }
    }

    /** The control thread, each cycle: gives the core what was pressed. Realtime-safe. */
    void take(long nowNs) {
        for (int i = 0; i < EDGES; i++) {
            ButtonEdge edge = edges.peek();
            // The edge of a key that is let go is told in advance.
            if (edge == null || edge.timeNs - nowNs > 0) {
                break;
            }
            reader.edge(edge.down, edge.timeNs, running());
            edges.release();
        }
        reader.advance(nowNs, running());
        int words = asked.getAndSet(0);
        for (int i = 0; words != 0; i++, words >>>= 1) {
            if ((words & 1) != 0) {
                core.press(PRESSES[i]);
            }
        }
    }

    private boolean running() {
        @Nullable SessionEngine session = core.session();
        return session == null
                ? core.planner().mode() != CuePlanner.Mode.STOPPED
                : session.mode() == SessionEngine.Mode.RUNNING;
    }
}
