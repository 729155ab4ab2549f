package dev.entrain.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.entrain.journal.Outbox;
import dev.entrain.journal.TimingReport;
import dev.entrain.journal.WalkRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One payload under construction: at most {@link #MAX_EVENTS} events of one boot, in order, or a single TIMING, which has a
 * topic of its own. What does not go into it is left to the next.
 */
final class EventBatch implements Outbox.Reader {
    /** About 10 kB of JSON. */
    static final int MAX_EVENTS = 64;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
    private final JsonGenerator out;
    private final PayloadEncoder encoder;
    private byte @Nullable [] timing;
    private long lastSeq = -1;
    private boolean closed;

    EventBatch(JsonFactory json, PayloadEncoder encoder) {
        this.encoder = encoder;
        try {
            out = json.createGenerator(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
    }

    @Override
    public void onRecord(String bootId, long seq, WalkRecord record) {
        TimingReport report = record.timing;
        if (report != null && !closed && lastSeq < 0) {
            timing = encoder.timing(bootId, seq, report);
            lastSeq = seq;
        }
        closed |= report != null;
        if (closed) {
            return;
        }
        try {
            if (lastSeq < 0) {
                PayloadEncoder.open(out, bootId);
                out.writeArrayFieldStart("events");
            }
            out.writeStartObject();
            out.writeNumberField("seq", seq);
            out.writeStringField("kind", record.kind.label());
            write(record);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        lastSeq = seq;
    }

    /** Returns the greatest sequence number in the batch, -1 while it is empty. */
    long lastSeq() {
        return lastSeq;
    }

    /** Tells whether this is a TIMING. */
    boolean isTiming() {
        return timing != null;
    }

    /** Tells whether a TIMING was met: this payload ends before it, or is it. */
    boolean metTiming() {
        return closed;
    }

    /** Ends a payload that holds at least one record. */
    byte[] finish() {
        if (timing != null) {
            return timing;
        }
        try {
            out.writeEndArray();
            out.writeEndObject();
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private void write(WalkRecord record) throws IOException {
        switch (record.kind) {
            case STEP -> {
                at(record, true);
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
                at(record, true);
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
                at(record, true);
                out.writeNumberField("decided_ns", record.decidedNs);
                out.writeNumberField("cue_id", record.cueId);
                out.writeNumberField("frame", record.frame);
                PayloadEncoder.seconds(out, "period_s", record.durationNs > 0 ? record.durationNs : WalkRecord.NONE);
                out.writeStringField("voice", record.voice.name().toLowerCase(Locale.ROOT));
            }
            case GAP -> {
                at(record, true);
                out.writeNumberField("start_ns", record.startNs);
            }
            case SILENCE -> {
                at(record, false);
                out.writeNumberField("decided_ns", record.decidedNs);
            }
            case STATE -> throw new IllegalStateException("a STATE is live only and must not enter an outbox");
            case TIMING -> throw new IllegalStateException("a TIMING without a report");
        }
    }

    private void at(WalkRecord record, boolean ofFoot) throws IOException {
        if (ofFoot) {
            out.writeStringField("foot", String.valueOf(record.foot.letter()));
        }
        out.writeNumberField("t_ns", record.timeNs);
    }
}
