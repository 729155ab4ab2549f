package dev.entrain.cuetest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.entrain.cuetest.CueTestResult.Spread;
import dev.entrain.realtime.RealTimeReport;
import java.io.IOException;
import java.io.Writer;

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
            out.writeEndObject();
            out.writeRaw(System.lineSeparator());
        }
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
