package dev.entrain.replay;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootAlignment;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.Turn;
import dev.entrain.gait.WalkingBout;
import dev.entrain.sensor.recording.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes all that a gait tracker tells into files of a folder: {@value #EVENTS}, {@value #PREDICTIONS}, {@value #PHASE},
 * {@value #STRIDES}, {@value #BOUTS}, {@value #TURNS} and {@value #ALIGNMENT}. Times are seconds since the recording's second zero. Not thread-safe; allocates nothing
 * per row.
 *
 * <p>A full or failing disk surfaces as {@link UncheckedIOException} from the method that met it.
 */
public final class GaitLog implements GaitSink, AutoCloseable {
    /**
     * Events of the gait cycle, in the order they were decided. An {@code IC_REVISED} row is a second look at the foot's
     * last {@code IC} row: the time in it replaces the one told before. The {@code IC} row stays as it was decided, so
     * whoever reads only {@code IC} rows sees what the device knew at the time.
     */
    public static final String EVENTS = "events.csv";

    /** Every prediction of a foot's next initial contact. */
    public static final String PREDICTIONS = "predictions.csv";

    /** The phase of the foot at each of its samples. */
    public static final String PHASE = "phase.csv";

    /** Strides from mid-stance to mid-stance. */
    public static final String STRIDES = "strides.csv";

    /** Walking bouts; one that was cut off by the end of the recording has {@code over} 0. */
    public static final String BOUTS = "bouts.csv";

    /** Turns. */
    public static final String TURNS = "turns.csv";

    /** How each sensor sits, whenever that is seen anew. */
    public static final String ALIGNMENT = "alignment.csv";

    private final long originNs;
    private final CsvWriter events;
    private final CsvWriter predictions;
    private final CsvWriter phases;
    private final CsvWriter strides;
    private final CsvWriter bouts;
    private final CsvWriter turns;
    private final CsvWriter alignments;

    /**
     * Creates or replaces the files.
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
        bouts = new CsvWriter(folder.resolve(BOUTS));
        turns = new CsvWriter(folder.resolve(TURNS));
        alignments = new CsvWriter(folder.resolve(ALIGNMENT));
        alignments.line("decided_s,foot,state,axis_x,axis_y,axis_z,up_x,up_y,up_z,confidence,swapped,clipped");
        events.line("decided_s,t_s,foot,event,confidence");
        predictions.line("decided_s,foot,ic_s,half_width_s,stride_s");
        phases.line("t_s,foot,phase,spread");
        strides.line("foot,start_s,end_s,length_m,decided_s,stride_time_s,stance_fraction,length_sd_m,speed_mps,"
                + "clearance_m,turn_deg,double_support_fraction,step_time_s");
        bouts.line("decided_s,start_s,end_s,over,strides,stride_time_s,stride_time_cv,stride_length_m,speed_mps");
        turns.line("decided_s,start_s,end_s,angle_deg,strides");
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
                    .field(stride.lengthSdM, 4)
                    .field(stride.speedMps, 4)
                    .field(stride.clearanceM, 4)
                    .field(Math.toDegrees(stride.turnRad), 2)
                    .field(stride.doubleSupportFraction, 4)
                    .field(stride.stepTimeS, 4)
                    .endRow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onWalkingBout(WalkingBout bout) {
        try {
            bouts.seconds(bout.decidedNs - originNs)
                    .seconds(bout.startNs - originNs)
                    .seconds(bout.endNs - originNs)
                    .field(bout.over ? 1 : 0)
                    .field(bout.strides)
                    .field(bout.strideTimeS, 4)
                    .field(bout.strideTimeCv, 4)
                    .field(bout.strideLengthM, 4)
                    .field(bout.speedMps, 4)
                    .endRow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onTurn(Turn turn) {
        try {
            turns.seconds(turn.decidedNs - originNs)
                    .seconds(turn.startNs - originNs)
                    .seconds(turn.endNs - originNs)
                    .field(Math.toDegrees(turn.angleRad), 1)
                    .field(turn.strides)
                    .endRow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onAlignment(FootAlignment alignment) {
        try {
            alignments
                    .seconds(alignment.timeNs - originNs)
                    .field(alignment.foot.letter())
                    .field(alignment.state.name())
                    .field(alignment.axisX, 4)
                    .field(alignment.axisY, 4)
                    .field(alignment.axisZ, 4)
                    .field(alignment.upX, 4)
                    .field(alignment.upY, 4)
                    .field(alignment.upZ, 4)
                    .field(alignment.confidence, 3)
                    .field(alignment.swapped, 3)
                    .field(alignment.clipped ? '1' : '0')
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
                strides;
                bouts;
                turns;
                alignments) {
            // Closing is all there is to do.
        }
    }
}
