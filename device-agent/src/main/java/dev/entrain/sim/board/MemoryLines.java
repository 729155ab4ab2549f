package dev.entrain.sim.board;

import dev.entrain.bus.GpioLines;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** GPIO lines without a board: inputs are driven, outputs are looked at. Thread-safe. */
public final class MemoryLines implements GpioLines {
    private static final int MOST_LINE = 53;

    private final Map<Integer, EdgeListener> listeners = new ConcurrentHashMap<>();
    private final Map<Integer, Boolean> levels = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private volatile boolean closed;

    @Override
    public void listen(int line, EdgeListener listener) throws IOException {
        take(line);
        listeners.put(line, listener);
    }

    @Override
    public Output output(int line) throws IOException {
        take(line);
        levels.put(line, false);
        return high -> {
            levels.put(line, high);
            changes.incrementAndGet();
        };
    }

    /** Drives an input; nobody hears a line that nobody listens to. */
    public void drive(int line, boolean high, long timeNs) {
        EdgeListener listener = listeners.get(line);
        if (listener != null && !closed) {
            listener.edge(high, timeNs);
        }
    }

    /** Returns an output's level; null for a line that is none. */
    public @Nullable Boolean level(int line) {
        return levels.get(line);
    }

    /** Returns how often an output was set. */
    public long changes() {
        return changes.get();
    }

    /** Returns whether it was closed. */
    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void take(int line) throws IOException {
        if (line < 0 || line > MOST_LINE || listeners.containsKey(line) || levels.containsKey(line)) {
            throw new IOException("GPIO " + line + " can't be taken");
        }
    }
}
