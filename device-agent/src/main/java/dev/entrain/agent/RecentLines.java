package dev.entrain.agent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.core.TinylogLoggingProvider;
import org.tinylog.provider.LoggingProvider;
import org.tinylog.provider.ProviderRegistry;
import org.tinylog.writers.Writer;

/**
 * The newest lines of the log, in memory, for the clinic that asks for them: where the log itself ends up is the service
 * manager's business. {@code tinylog.properties} names it as a writer. Thread-safe.
 */
public final class RecentLines implements Writer {
    /** Some weeks of changes of state, and 300 kB at most times. */
    private static final int MOST_LINES = 3000;

    private static final int MOST_LINE_CHARS = 2000;

    private final ArrayDeque<String> lines = new ArrayDeque<>();

    /**
     * For tinylog.
     *
     * @param properties what the file sets for this writer
     */
    public RecentLines(Map<String, String> properties) {
        // There is nothing to choose.
    }

    /** Returns the newest lines of this process's log, oldest first; none where it has no such writer. */
    public static List<String> ofThisProcess() {
        LoggingProvider provider = ProviderRegistry.getLoggingProvider();
        List<String> found = new ArrayList<>();
        if (provider instanceof TinylogLoggingProvider tinylog) {
            for (Writer writer : tinylog.getWriters()) {
                if (writer instanceof RecentLines recent) {
                    found.addAll(recent.copy());
                }
            }
        }
        return found;
    }

    private synchronized List<String> copy() {
        return new ArrayList<>(lines);
    }

    @Override
    public Collection<LogEntryValue> getRequiredLogEntryValues() {
        return Set.of(LogEntryValue.DATE, LogEntryValue.LEVEL, LogEntryValue.MESSAGE, LogEntryValue.EXCEPTION);
    }

    @Override
    public synchronized void write(LogEntry entry) {
        Throwable thrown = entry.getException();
        String message = entry.getMessage() + (thrown == null ? "" : " (" + thrown + ")");
        String line = String.format(
                        Locale.ROOT, "%s %s: %s", entry.getTimestamp().toInstant(), entry.getLevel(), message)
                .replace('\n', ' ');
        if (lines.size() == MOST_LINES) {
            lines.removeFirst();
        }
        lines.addLast(line.substring(0, Math.min(line.length(), MOST_LINE_CHARS)));
    }

    @Override
    public void flush() {
        // Memory needs none.
    }

    @Override
    public void close() {
        // What is known may still be asked for.
    }
}
