package dev.entrain.replay;

import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueSink;
import dev.entrain.sensor.recording.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Writes cues.csv: one row per final cue and per silence, {@code decided_s,onset_s,frame,kind,foot,period_s}. Seconds and
 * frames (48 kHz) count from the recording's second zero. A {@code silence} row takes back every cue above it whose onset
 * lies after its own. Allocates nothing per row. Not thread-safe.
 */
public final class CueLog implements CueSink, AutoCloseable {
    private static final long FRAME_RATE_HZ = 48_000;
    private static final long NS_PER_S = 1_000_000_000L;

    private final CsvWriter csv;
    private final long originNs;

    /**
     * Creates or replaces the file.
     *
     * @param file path of the file
     * @param originNs the recording's second zero, ns
     * @throws IOException if it can't be created
     */
    public CueLog(Path file, long originNs) throws IOException {
        this.originNs = originNs;
        csv = new CsvWriter(file);
        csv.line("decided_s,onset_s,frame,kind,foot,period_s");
    }

    /**
     * Writes final cues and silences; ignores plans that may still change.
     *
     * @throws UncheckedIOException if the disk fails
     */
    @Override
    public void onCue(CueCommand cue) {
        boolean silence = cue.kind == CueCommand.Kind.SILENCE;
        if (!silence && cue.kind != CueCommand.Kind.COMMIT) {
            return;
        }
        try {
            csv.seconds(cue.decidedNs - originNs)
                    .seconds(cue.onsetNs - originNs)
                    .field(frame(cue.onsetNs - originNs))
                    .field(silence ? "silence" : cue.voice == CueCommand.Voice.ACCENT ? "accent" : "beat")
                    .field(silence ? '-' : cue.foot.letter())
                    .seconds(silence ? 0 : cue.periodNs)
                    .endRow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the frame nearest to a time since second zero, exact in whole numbers up to 50 hours. */
    static long frame(long sinceOriginNs) {
        return Math.floorDiv(sinceOriginNs * FRAME_RATE_HZ + NS_PER_S / 2, NS_PER_S);
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
