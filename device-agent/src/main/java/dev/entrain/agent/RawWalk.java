package dev.entrain.agent;

import dev.entrain.config.AgentConfig;
import dev.entrain.journal.RawFolder;
import dev.entrain.journal.RawRecorder;
import dev.entrain.sample.ImuSample;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Keeps the readings of each session beside the journal, compressed and bounded. A disk that refuses ends the file of that
 * session, never the walk. For the recorder's thread.
 */
final class RawWalk implements AutoCloseable {
    private final RawFolder folder;
    private final Supplier<@Nullable String> session;
    private final String header;
    private final long originNs;
    private final long maxBytes;
    private @Nullable RawRecorder recorder;
    private @Nullable String open;

    /**
     * Makes one.
     *
     * @param session says which session goes on, from any thread; null in none
     * @param header lines {@code key: value} of each file
     * @param originNs second zero of the grid that readings lie on, ns
     * @param maxBytes what all files may take together
     */
    RawWalk(RawFolder folder, Supplier<@Nullable String> session, String header, long originNs, long maxBytes) {
        this.folder = folder;
        this.session = session;
        this.header = header;
        this.originNs = originNs;
        this.maxBytes = maxBytes;
    }

    /** Returns one as configured; null where no readings are to be kept. */
    static @Nullable RawWalk of(AgentConfig config, SessionStatus session, long originNs) {
        long maxBytes = config.journal().rawMaxBytes();
        return maxBytes == 0
                ? null
                : new RawWalk(
                        new RawFolder(config.stateDir()),
                        session::id,
                        "unit: " + config.telemetry().unit(),
                        originNs,
                        maxBytes);
    }

    /** Takes a reading; those outside sessions are not kept. */
    void take(ImuSample sample) {
        String now = session.get();
        try {
            if (now != null && !now.equals(open)) {
                close();
                open = now;
                recorder = RawRecorder.begin(folder, now, originNs, header, maxBytes);
            }
            RawRecorder writing = recorder;
            if (now != null && writing != null && !writing.add(sample)) {
                Logger.warn("The readings of session {} are kept up to here only: raw_mb is full of it", now);
                close();
            }
        } catch (IOException e) {
            Logger.warn("The readings of session {} are not kept further: {}. The walk goes on.", open, e.getMessage());
            close();
        }
    }

    @Override
    public void close() {
        RawRecorder writing = recorder;
        recorder = null;
        try {
            if (writing != null) {
                writing.close();
            }
        } catch (IOException e) {
            Logger.warn("The last readings of session {} were not kept: {}", open, e.getMessage());
        }
    }
}
