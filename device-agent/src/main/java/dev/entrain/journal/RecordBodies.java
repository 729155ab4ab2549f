package dev.entrain.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.entrain.sample.Foot;
import dev.entrain.session.SessionEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bodies of records as the contract (deploy/telemetry/README.md) tells them: one JSON object each, in UTF-8. What
 * is not known is left out. Times and durations are exact to the nanosecond, other numbers have six decimals, so that
 * whoever reads them back computes from the same numbers. {@link SessionFacts} reads them. Not thread-safe.
 */
public final class RecordBodies {
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_S = 1e9;
    private static final double SIX = 1e6;

    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final JsonFactory json = new JsonFactory();

    /** Writes the fields of one body. */
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator out) throws IOException;
    }

    byte[] step(SettledFacts.HeldStep step) {
        return body(step.timeNs(), out -> {
            foot(out, step.foot());
            out.writeNumberField("decided_ns", step.decidedNs());
            seconds(out, "step_duration_s", step.stepTimeNs());
            number(out, "cadence_spm", step.cadenceSpm(), SIX);
            number(out, "confidence", step.confidence(), SIX);
            if (step.cueId() != 0 && step.asynchronyNs() != WalkRecord.NONE) {
                out.writeNumberField("cue_id", step.cueId());
                out.writeNumberField("asynchrony_ms", step.asynchronyNs() / NS_PER_MS);
            }
        });
    }

    byte[] cue(SettledFacts.HeldCue cue) {
        return body(cue.onsetNs(), out -> {
            foot(out, cue.foot());
            out.writeNumberField("decided_ns", cue.decidedNs());
            out.writeNumberField("cue_id", cue.cueId());
            out.writeNumberField("frame", cue.frame());
            seconds(out, "period_s", cue.periodNs() > 0 ? cue.periodNs() : WalkRecord.NONE);
            out.writeStringField("voice", cue.voice().name().toLowerCase(Locale.ROOT));
        });
    }

    byte[] stride(WalkRecord stride) {
        return body(stride.timeNs, out -> {
            foot(out, stride.foot);
            out.writeNumberField("decided_ns", stride.decidedNs);
            out.writeNumberField("start_ns", stride.startNs);
            seconds(out, "stride_duration_s", stride.durationNs);
            number(out, "stance_fraction", stride.stanceFraction, SIX);
            // Four decimals of a percentage are six of a share.
            number(out, "double_support_pct", 100 * stride.doubleSupportFraction, 1e4);
            number(out, "stride_length_m", stride.lengthM, SIX);
            number(out, "stride_length_sd_m", stride.lengthSdM, SIX);
            number(out, "speed_mps", stride.speedMps, SIX);
            number(out, "clearance_m", stride.clearanceM, SIX);
            number(out, "turn_deg", Math.toDegrees(stride.turnRad), SIX);
        });
    }

    byte[] silence(WalkRecord silence) {
        return body(silence.timeNs, out -> out.writeNumberField("decided_ns", silence.decidedNs));
    }

    byte[] gap(WalkRecord gap) {
        return body(gap.timeNs, out -> {
            foot(out, gap.foot);
            out.writeNumberField("start_ns", gap.startNs);
        });
    }

    byte[] freeze(long onsetNs, long decidedNs, long endNs) {
        return body(onsetNs, out -> {
            out.writeNumberField("decided_ns", decidedNs);
            if (endNs != WalkRecord.NONE) {
                out.writeNumberField("end_ns", endNs);
            }
        });
    }

    /** Writes a SONG. */
    byte[] song(SongRecord song) {
        return body(song.fromNs(), out -> {
            out.writeNumberField("end_ns", song.toNs());
            SongFields.write(out, song.facts());
        });
    }

    /** Writes an EVENT. */
    public byte[] event(SessionEvent event) {
        return body(event.timeNs, out -> {
            out.writeStringField("what", SessionRows.word(event.kind));
            if (event.blockIndex >= 0) {
                out.writeNumberField("block_index", event.blockIndex);
            }
            word(out, "block", event.block);
            number(out, "target_spm", event.targetSpm, SIX);
            number(out, "level_pct", event.levelPct, SIX);
            number(out, "baseline_spm", event.baselineSpm, SIX);
            word(out, "rule", event.rule);
            word(out, "end", event.end);
        });
    }

    /**
     * Writes a FAULT.
     *
     * @param timeNs when this became so
     * @param code [a-z_]+
     * @param text a sentence for a technician: what, where, what to do
     * @param sinceNs since when it was so, ns; {@link WalkRecord#NONE} where that is {@code timeNs}
     * @param cleared whether it works again
     */
    public byte[] fault(long timeNs, String code, String text, long sinceNs, boolean cleared) {
        return body(timeNs, out -> {
            out.writeStringField("code", code);
            out.writeStringField("text", TimingBody.cut(text));
            if (sinceNs != WalkRecord.NONE) {
                out.writeNumberField("since_ns", sinceNs);
            }
            out.writeBooleanField("cleared", cleared);
        });
    }

    /** Writes a CLOCK. */
    public byte[] clock(ClockReading reading) {
        return body(reading.timeNs(), out -> {
            out.writeStringField("utc", MILLIS.format(reading.utc()));
            number(out, "error_s", reading.errorS(), SIX);
        });
    }

    /** Writes a TIMING. */
    public byte[] timing(TimingReport report) {
        return body(report.timeNs(), out -> TimingBody.write(out, report));
    }

    /** Writes an object that begins with {@code t_ns}. */
    byte[] body(long timeNs, Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeNumberField("t_ns", timeNs);
            fields.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    static void number(JsonGenerator out, String name, double value, double perUnit) throws IOException {
        if (Double.isFinite(value)) {
            // Adding zero gives zero one spelling.
            out.writeNumberField(name, Math.round(value * perUnit) / perUnit + 0.0);
        }
    }

    static void word(JsonGenerator out, String name, @Nullable Enum<?> value) throws IOException {
        if (value != null) {
            out.writeStringField(name, SessionRows.word(value));
        }
    }

    private static void seconds(JsonGenerator out, String name, long durationNs) throws IOException {
        if (durationNs != WalkRecord.NONE) {
            out.writeNumberField(name, durationNs / NS_PER_S);
        }
    }

    private static void foot(JsonGenerator out, Foot foot) throws IOException {
        out.writeStringField("foot", String.valueOf(foot.letter()));
    }
}
