package dev.entrain.cuetest.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Writes a comparison as JSON: times in ns, names as in the javadoc of {@link PeerResult} and {@link HeardTiming}. */
public final class PeerJson {
    private PeerJson() {}

    /** Writes an array, ours first, and a new line. */
    public static void write(List<PeerResult> results, Writer to) throws IOException {
        try (JsonGenerator out = new JsonFactory().createGenerator(to).useDefaultPrettyPrinter()) {
            out.writeStartArray();
            for (PeerResult each : results) {
                out.writeStartObject();
                out.writeStringField("title", each.title());
                HeardTiming timing = each.timing();
                if (timing == null) {
                    out.writeStringField("missing", each.missing());
                } else {
                    out.writeStringField("conditions", each.conditions());
                    out.writeNumberField("planned", timing.planned());
                    out.writeNumberField("heard", timing.heard());
                    out.writeNumberField("extra", timing.extra());
                    if (Double.isNaN(timing.medianNs())) {
                        out.writeNullField("median_ns");
                    } else {
                        out.writeNumberField("median_ns", Math.round(timing.medianNs()));
                    }
                    out.writeNumberField("p50_ns", Math.round(timing.p50Ns()));
                    out.writeNumberField("p99_ns", Math.round(timing.p99Ns()));
                    out.writeNumberField("max_ns", Math.round(timing.maxNs()));
                }
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeRaw(System.lineSeparator());
        }
    }
}
