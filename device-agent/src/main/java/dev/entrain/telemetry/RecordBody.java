package dev.entrain.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.entrain.journal.WalkRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Writes what a record says as one JSON object (UTF-8), as the log keeps it and the clinic gets it. Not thread-safe. */
public final class RecordBody {
    private final JsonFactory json = new JsonFactory();

    /** Returns the body of any record but a STATE. */
    public byte[] of(WalkRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            write(out, record);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator out, WalkRecord record) throws IOException {
        switch (record.kind) {
            case STEP -> {
                at(out, record, true);
                out.writeNumberField("decided_ns", record.decidedNs);
                PayloadEncoder.seconds(out, "step_duration_s", record.durationNs);
                PayloadEncoder.number(out, "cadence_spm", record.cadenceSpm, 100);
                PayloadEncoder.number(out, "confidence", record.confidence, 100);
                if (record.cueId != 0 && record.asynchronyNs != WalkRecord.NONE) {
                    out.writeNumberField("cue_id", record.cueId);
                    PayloadEncoder.number(out, "asynchrony_ms", record.asynchronyNs / 1e6, 10);
                }
            }
            case STRIDE -> {
                at(out, record, true);
                out.writeNumberField("decided_ns", record.decidedNs);
                out.writeNumberField("start_ns", record.startNs);
                PayloadEncoder.seconds(out, "stride_duration_s", record.durationNs);
                PayloadEncoder.number(out, "stance_fraction", record.stanceFraction, 1000);
                PayloadEncoder.number(out, "stride_length_m", record.lengthM, 1000);
                PayloadEncoder.number(out, "stride_length_sd_m", record.lengthSdM, 1000);
                PayloadEncoder.number(out, "clearance_m", record.clearanceM, 1000);
                PayloadEncoder.number(out, "turn_deg", Math.toDegrees(record.turnRad), 10);
                PayloadEncoder.number(out, "double_support_pct", 100 * record.doubleSupportFraction, 10);
            }
            case CUE -> {
                at(out, record, true);
                out.writeNumberField("decided_ns", record.decidedNs);
                out.writeNumberField("cue_id", record.cueId);
                out.writeNumberField("frame", record.frame);
                PayloadEncoder.seconds(out, "period_s", record.durationNs > 0 ? record.durationNs : WalkRecord.NONE);
                out.writeStringField("voice", record.voice.name().toLowerCase(Locale.ROOT));
            }
            case GAP -> {
                at(out, record, true);
                out.writeNumberField("start_ns", record.startNs);
            }
            case SILENCE -> {
                at(out, record, false);
                out.writeNumberField("decided_ns", record.decidedNs);
            }
            case STATE -> throw new IllegalStateException("a STATE is live only and enters no log");
            case TIMING -> {
                if (record.timing != null) {
                    TimingPayload.write(out, record.timing);
                }
            }
        }
    }

    private static void at(JsonGenerator out, WalkRecord record, boolean ofFoot) throws IOException {
        if (ofFoot) {
            out.writeStringField("foot", String.valueOf(record.foot.letter()));
        }
        out.writeNumberField("t_ns", record.timeNs);
    }
}
