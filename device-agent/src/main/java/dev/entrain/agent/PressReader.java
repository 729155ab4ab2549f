package dev.entrain.agent;

import dev.entrain.session.Press;

/**
 * Turns the edges of the one button into presses.
 *
 * <ul>
 *   <li>While something sounds or may sound, the first edge down is a {@link Press#SHORT} at once: stopping waits for nothing.
 *   <li>While it is stopped, a {@link Press#SHORT} is told {@value #DOUBLE_MS} ms after the edge down, when it is clear that
 *       neither a second one nor a long one came: starting can wait, and a long press does not start anything first.
 *   <li>A second edge down within {@value #DOUBLE_MS} ms of the one before is a {@link Press#DOUBLE}; more of them in the
 *       same flurry say nothing, so that hammering at the button never starts the beat.
 *   <li>Held for {@value #LONG_MS} ms it is a {@link Press#LONG}, whatever came before.
 * </ul>
 *
 * So a stop is followed, perhaps, by a DOUBLE (which adds "slower, without progress") or by a LONG (which ends). Edges less
 * than {@value #DEBOUNCE_MS} ms after an accepted one are contact bounce. Not thread-safe; realtime-safe.
 */
final class PressReader {
    static final int DEBOUNCE_MS = 20;
    static final int DOUBLE_MS = 500;
    static final int LONG_MS = 2000;

    private static final long NS_PER_MS = 1_000_000L;

    private final PressSink sink;
    private boolean raw;
    private boolean down;
    private boolean everMoved;
    private long movedNs;
    private boolean everPressed;
    private long downNs;
    private boolean shortWaits;
    private boolean doubleTold;
    private boolean longTold;

    /** Hears the presses. */
    @FunctionalInterface
    interface PressSink {
        void onPress(Press press);
    }

    PressReader(PressSink sink) {
        this.sink = sink;
    }

    /**
     * Takes an edge.
     *
     * @param isDown whether the button is down from now on
     * @param timeNs when, not before the one before
     * @param running whether a press must stop something
     */
    void edge(boolean isDown, long timeNs, boolean running) {
        advance(timeNs, running);
        raw = isDown;
        if (raw != down && !bouncing(timeNs)) {
            move(timeNs, running);
        }
    }

    /** Lets time pass; call every few ms. */
    void advance(long nowNs, boolean running) {
        if (raw != down && !bouncing(nowNs)) {
            // It was let go, or pressed, within the bounce and stayed so.
            move(movedNs + DEBOUNCE_MS * NS_PER_MS, running);
        }
        if (!everPressed) {
            return;
        }
        long sinceNs = nowNs - downNs;
        if (down && !longTold && sinceNs >= LONG_MS * NS_PER_MS) {
            longTold = true;
            shortWaits = false;
            sink.onPress(Press.LONG);
        } else if (!down && shortWaits && sinceNs > DOUBLE_MS * NS_PER_MS) {
            shortWaits = false;
            sink.onPress(Press.SHORT);
        }
    }

    private boolean bouncing(long nowNs) {
        return everMoved && nowNs - movedNs < DEBOUNCE_MS * NS_PER_MS;
    }

    private void move(long timeNs, boolean running) {
        down = raw;
        everMoved = true;
        movedNs = timeNs;
        if (down) {
            press(timeNs, running);
        }
    }

    private void press(long timeNs, boolean running) {
        boolean again = everPressed && timeNs - downNs <= DOUBLE_MS * NS_PER_MS;
        everPressed = true;
        downNs = timeNs;
        if (again) {
            shortWaits = false;
            if (!doubleTold) {
                doubleTold = true;
                sink.onPress(Press.DOUBLE);
            }
        } else {
            doubleTold = false;
            longTold = false;
            shortWaits = !running;
            if (running) {
                sink.onPress(Press.SHORT);
            }
        }
    }
}
