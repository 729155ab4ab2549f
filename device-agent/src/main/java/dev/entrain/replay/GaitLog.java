package dev.entrain.replay;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.sensor.recording.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes all that a gait tracker tells into four files of a folder: {@value #EVENTS}, {@value #PREDICTIONS}, {@value
 * #PHASE} and {@value #STRIDES}. Times are seconds since the recording's second zero. Not thread-safe; allocates nothing
 * per row.
 *
 * <p>A full or failing disk surfaces as {@link UncheckedIOException} from the method that met it.
 */
public final class GaitLog implements GaitSink, AutoCloseable {
    /** Events of the gait cycle, in the order they were decided. */
    public static final String EVENTS = "events.csv";

    /** Every prediction of a foot's next initial contact. */
    public static final String PREDICTIONS = "predictions.csv";

    /** The phase of the foot at each of its samples. */
    public static final String PHASE = "phase.csv";

    /** Strides from mid-stance to mid-stance. */
    public static final String STRIDES = "strides.csv";

    private final long originNs;
    private final CsvWriter events;
    private final CsvWriter predictions;
    private final CsvWriter phases;
    private final CsvWriter strides;

    /**
     * Creates or replaces the four files.
     *
     * @param folder folder to write into; made if missing
     * @param originNs CLOCK_MONOTONIC time of the recording's second zero, ns
     * @throws IOException if a file can't be created
     */
    public GaitLog(Path folder, long originNs) throws IOException {
        this.originNs = originNs;
        Files.createDirectories(folder);
        events = new CsvWriter(folder.resolve(EVENTS));
        predictions = new CsvWriter(folder.resolve(PREDICTIONS));
        phases = new CsvWriter(folder.resolve(PHASE));
        strides = new CsvWriter(folder.resolve(STRIDES));
        events.line("decided_s,t_s,foot,event,confidence");
        predictions.line("decided_s,foot,ic_s,half_width_s,stride_s");
        phases.line("t_s,foot,phase,spread");
        strides.line("foot,start_s,end_s,length_m,decided_s,stride_time_s,stance_fraction");
    }

    @Override
    public void onGaitEvent(GaitEvent event) {
        try {
            events.seconds(event.decidedNs - originNs)
                    .seconds(event.timeNs - originNs)
                    .field(event.foot.letter())
                    .field(event.kind.label())
                    .field(event.confidence, 3)
                    .endRow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onContactPrediction(ContactPrediction prediction) {
        try {
            predictions
                    .seconds(prediction.decidedNs - originNs)
                    .field(prediction.foot.letter())
                    .seconds(prediction.contactNs - originNs)
                    .seconds(prediction.halfWidth80Ns)
                    .seconds(prediction.strideNs)
                    .endRow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onFootPhase(FootPhase phase) {
        if (Double.isNaN(phase.phase)) {
            return;
        }
        try {
            phases.seconds(phase.timeNs - originNs)
                    .field(phase.foot.letter())
                    .field(phase.phase, 5)
                    .field(phase.spread, 5)
                    .endRow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onStride(StrideEstimate stride) {
        try {
            strides.field(stride.foot.letter())
                    .seconds(stride.startNs - originNs)
                    .seconds(stride.endNs - originNs)
                    .field(stride.lengthM, 4)
                    .seconds(stride.decidedNs - originNs)
                    .field(stride.strideTimeS, 4)
                    .field(stride.stanceFraction, 4)
                    .endRow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hands all files to the operating system; tries every one even if another fails. */
    @Override
    public void close() throws IOException {
        try (events;
                predictions;
                phases;
                strides) {
            // Closing is all there is to do.
        }
    }
}
