package dev.entrain.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.entrain.health.TimingCounts;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The fields of a TIMING body, as timing.schema.json describes them. */
public final class TimingBody {
    /** Longest line of text; what a page shows is cut there. */
    static final int MAX_TEXT = 400;

    private TimingBody() {}

    static void write(JsonGenerator out, TimingReport report) throws IOException {
        out.writeNumberField("since_ns", report.sinceNs());
        out.writeBooleanField("last", report.last());
        out.writeObjectFieldStart("cues");
        TimingReport.Cues cues = report.cues();
        out.writeNumberField("planned", cues.planned());
        out.writeNumberField("played", cues.played());
        out.writeNumberField("unheard", cues.unheard());
        out.writeNumberField("late", cues.late());
        out.writeNumberField("refused", cues.refused());
        out.writeNumberField("worst_frames", cues.worstFrames());
        out.writeEndObject();
        counts(out, "onset_error", report.onsets());
        counts(out, "stall", report.stalls());
        out.writeObjectFieldStart("breaks");
        out.writeNumberField("underruns", report.breaks().underruns());
        out.writeNumberField("stalls", report.breaks().stalls());
        out.writeNumberField("reanchors", report.breaks().reanchors());
        out.writeNumberField("reopened", report.breaks().reopened());
        out.writeEndObject();
        output(out, report.output());
        if (report.audioThreadBytes() >= 0) {
            out.writeNumberField("audio_thread_bytes", report.audioThreadBytes());
        }
        realTime(out, report.realTime());
        exposure(out, report.exposure());
    }

    /** Writes what the system granted, as field {@code real_time}; nothing if nothing was asked for. */
    public static void realTime(JsonGenerator out, @Nullable GrantedRealTime granted) throws IOException {
        if (granted == null) {
            return;
        }
        out.writeObjectFieldStart("real_time");
        out.writeNumberField("process_priority", granted.processPriority());
        out.writeNumberField("render_priority", granted.renderPriority());
        out.writeBooleanField("memory_locked", granted.memoryLocked());
        out.writeArrayFieldStart("refused");
        for (String line : granted.refused()) {
            out.writeString(cut(line));
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void counts(JsonGenerator out, String name, TimingCounts counts) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeNumberField("first_ns", counts.firstNs());
        out.writeNumberField("per_octave", counts.perOctave());
        out.writeNumberField("classes", counts.classes());
        out.writeArrayFieldStart("counts");
        for (int i = 0; i < counts.classes(); i++) {
            if (counts.countOf(i) != 0) {
                out.writeStartArray();
                out.writeNumber(i);
                out.writeNumber(counts.countOf(i));
                out.writeEndArray();
            }
        }
        out.writeEndArray();
        out.writeNumberField("count", counts.count());
        out.writeNumberField("max_ns", counts.maxNs());
        out.writeEndObject();
    }

    private static void output(JsonGenerator out, TimingReport.Output output) throws IOException {
        out.writeObjectFieldStart("output");
        out.writeStringField("state", output.state().label());
        out.writeNumberField("state_since_ns", output.stateSinceNs());
        out.writeStringField("text", cut(output.text()));
        String device = output.device();
        out.writeStringField("kind", device == null ? "file" : "card");
        if (device != null) {
            out.writeStringField("device", cut(device));
        }
        TimingReport.Grant grant = output.grant();
        if (grant != null) {
            out.writeNumberField("rate_hz", grant.rateHz());
            out.writeNumberField("bits", grant.bits());
            out.writeNumberField("period_frames", grant.periodFrames());
            out.writeNumberField("buffer_frames", grant.bufferFrames());
        }
        RecordBodies.number(out, "rate_ppm", output.ratePpm(), 100);
        RecordBodies.number(out, "offset_ms", output.offsetMs(), 1000);
        out.writeStringField("offset_source", output.offsetSource().label());
        out.writeEndObject();
    }

    private static void exposure(JsonGenerator out, TimingReport.@Nullable Exposure exposure) throws IOException {
        if (exposure == null) {
            return;
        }
        out.writeObjectFieldStart("sound");
        RecordBodies.number(out, "dose_pct_7d", exposure.dosePct7d(), 100);
        RecordBodies.number(out, "dose_most_pct_7d", exposure.mostPct7d(), 100);
        RecordBodies.number(out, "level_db_spl", exposure.levelDbSpl(), 10);
        RecordBodies.number(out, "attenuation_db", exposure.attenuationDb(), 10);
        out.writeEndObject();
    }

    static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 3) + "...";
    }
}
