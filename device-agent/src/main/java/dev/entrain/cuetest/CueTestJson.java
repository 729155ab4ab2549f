package dev.entrain.cuetest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.entrain.cuetest.CueTestResult.Spread;
import dev.entrain.realtime.RealTimeReport;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Writes a run as JSON: times in ns, names as in the javadoc of {@link CueTestResult}. */
public final class CueTestJson {
    private CueTestJson() {}

    /** Writes one object, indented, and a new line. */
    public static void write(CueTestResult result, RealTimeReport granted, boolean stressed, Writer to)
            throws IOException {
        try (JsonGenerator out = new JsonFactory().createGenerator(to).useDefaultPrettyPrinter()) {
            out.writeStartObject();
            out.writeStringField("output", result.output());
            out.writeBooleanField("opened", result.opened());
            out.writeBooleanField("kept", result.kept());
            out.writeBooleanField("stressed", stressed);
            out.writeNumberField("process_priority", granted.processPriority());
            out.writeBooleanField("memory_locked", granted.memoryLocked());
            out.writeNumberField("seconds", result.seconds());
            out.writeNumberField("cues_planned", result.planned());
            out.writeNumberField("cues_played", result.played());
            out.writeNumberField("cues_late", result.late());
            out.writeNumberField("cues_off_frame", result.offFrame());
            out.writeNumberField("worst_frames", result.worstFrames());
            spread(out, "onset_error", result.onsets());
            spread(out, "stall", result.stalls());
            out.writeNumberField("underruns", result.underruns());
            out.writeNumberField("reanchors", result.reanchors());
            out.writeNumberField("reopened", result.reopened());
            out.writeNumberField("rate_ppm", result.ratePpm());
            if (Double.isNaN(result.bytesPerCycle())) {
                out.writeNullField("bytes_per_cycle");
            } else {
                out.writeNumberField("bytes_per_cycle", result.bytesPerCycle());
            }
            out.writeNumberField("beats_skipped", result.skipped());
            out.writeNumberField("offset_ms", result.offsetMs());
            out.writeNumberField("underruns_by_machine", result.machineUnderruns());
            out.writeNumberField("cues_late_by_machine", result.machineLate());
            spread(out, "clock_residual", result.residuals());
            conditions(out, result.conditions());
            if (result.loopback() != null) {
                loopback(out, result.loopback());
            }
            out.writeEndObject();
            out.writeRaw(System.lineSeparator());
        }
    }

    private static void conditions(JsonGenerator out, RunConditions conditions) throws IOException {
        spread(out, "machine_stall", conditions.machine());
        spread(out, "process_stall", conditions.process());
        out.writeNumberField("collections", conditions.collections());
        out.writeNumberField("collection_ms", conditions.collectionMs());
        out.writeNumberField("resident_kb", conditions.residentKb());
        out.writeNumberField("resident_peak_kb", conditions.residentPeakKb());
    }

    private static void loopback(JsonGenerator out, LoopbackResult result) throws IOException {
        out.writeObjectFieldStart("loopback");
        out.writeStringField("input", result.input());
        out.writeBooleanField("measured", result.measured());
        out.writeStringField("refusal", result.refusal());
        out.writeNumberField("beats_searched", result.searched());
        out.writeNumberField("beats_heard", result.heard());
        numbers(out, "beats_missing", result.missing());
        numbers(out, "beats_doubtful", result.doubtful());
        out.writeNumberField("overruns", result.overruns());
        out.writeNumberField("input_ppm", result.inputPpm());
        if (result.measured()) {
            out.writeNumberField("offset_ns", Math.round(result.offsetNs()));
            out.writeNumberField("spread_ns", Math.round(result.spreadNs()));
            out.writeNumberField("p50_ns", Math.round(result.p50Ns()));
            out.writeNumberField("p99_ns", Math.round(result.p99Ns()));
            out.writeNumberField("max_ns", Math.round(result.maxNs()));
            out.writeNumberField("drift_ns_per_minute", Math.round(result.driftNsPerMinute()));
            out.writeNumberField("likeness", result.likeness());
            out.writeBooleanField("polarity_turned", result.turned());
        }
        out.writeEndObject();
    }

    private static void numbers(JsonGenerator out, String name, List<Long> values) throws IOException {
        out.writeArrayFieldStart(name);
        for (long value : values) {
            out.writeNumber(value);
        }
        out.writeEndArray();
    }

    private static void spread(JsonGenerator out, String name, Spread spread) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeNumberField("count", spread.count());
        out.writeNumberField("p50_ns", spread.p50Ns());
        out.writeNumberField("p99_ns", spread.p99Ns());
        out.writeNumberField("max_ns", spread.maxNs());
        out.writeArrayFieldStart("classes");
        for (Spread.Step each : spread.classes()) {
            out.writeStartObject();
            out.writeNumberField("upper_ns", each.upperNs());
            out.writeNumberField("count", each.count());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
