package dev.entrain.replay;

import dev.entrain.sensor.recording.CsvWriter;
import dev.entrain.session.SessionEvent;
import dev.entrain.session.SessionSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes {@value #FILE}: one row per event of a session, {@code t_s,event,block,kind,target_spm,level_pct,c0_spm,detail};
 * the detail is the rule that acted or how the session ended. Not thread-safe.
 */
public final class SessionLog implements SessionSink, AutoCloseable {
    /** Name of the file. */
    public static final String FILE = "session.csv";

    private final CsvWriter csv;
    private final long originNs;

    /**
     * Creates or replaces the file.
     *
     * @param folder folder to write into
     * @param originNs the recording's second zero, ns
     * @throws IOException if it can't be created
     */
    public SessionLog(Path folder, long originNs) throws IOException {
        this.originNs = originNs;
        csv = new CsvWriter(folder.resolve(FILE));
        csv.line("t_s,event,block,kind,target_spm,level_pct,c0_spm,detail");
    }

    /**
     * Writes an event.
     *
     * @throws UncheckedIOException if the disk fails
     */
    @Override
    public void onSessionEvent(SessionEvent event) {
        Enum<?> detail = event.end != null && event.rule == null ? event.end : event.rule;
        try {
            csv.seconds(event.timeNs - originNs)
                    .field(spelt(event.kind))
                    .field(event.blockIndex)
                    .field(event.block == null ? "-" : spelt(event.block))
                    .field(event.targetSpm, 2)
                    .field(event.levelPct, 2)
                    .field(event.baselineSpm, 2)
                    .field(detail == null ? "-" : spelt(detail))
                    .endRow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String spelt(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
