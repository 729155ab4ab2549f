package dev.entrain.replay;

import dev.entrain.audio.LinearFrameClock;
import dev.entrain.audio.wav.WavReplay;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueSink;
import dev.entrain.sensor.recording.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Writes cues.csv: one row per final cue and per silence, {@code decided_s,onset_s,frame,kind,foot,period_s}. Seconds and
 * frames (48 kHz) count from the recording's second zero. A {@code silence} row takes back every cue above it that the
 * card was not yet given: those whose onset lies more than 48 ms (a full buffer and a period) after its own. Allocates nothing per row. Not thread-safe.
 */
public final class CueLog implements CueSink, AutoCloseable {
    private final CsvWriter csv;
    private final long originNs;
    private final LinearFrameClock frames;

    /**
     * Creates or replaces the file.
     *
     * @param file path of the file
     * @param originNs the recording's second zero, ns
     * @throws IOException if it can't be created
     */
    public CueLog(Path file, long originNs) throws IOException {
        this.originNs = originNs;
        frames = new LinearFrameClock(originNs, WavReplay.RATE_HZ);
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
                    .field(frames.frameOf(cue.onsetNs))
                    .field(silence ? "silence" : cue.voice == CueCommand.Voice.ACCENT ? "accent" : "beat")
                    .field(silence ? '-' : cue.foot.letter())
                    .seconds(silence ? 0 : cue.periodNs)
                    .endRow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
