package dev.entrain.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.entrain.outcome.Metric;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.session.SafetyRule;
import dev.entrain.session.SessionEvent;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the bodies of SESSION records: at a session's start, and at its end with its summary. Bounded in size. */
public final class SessionBodies {
    /** Most blocks told; a session walked in more pieces tells the first of them. */
    static final int MOST_BLOCKS = 200;

    /** Longest programme told, characters: the longest that comes with this version has a tenth of it. */
    static final int MOST_TOML = 32_768;

    private static final double SIX = 1e6;

    private final RecordBodies bodies;

    /** Makes a writer. */
    public SessionBodies(RecordBodies bodies) {
        this.bodies = bodies;
    }

    /** Writes the start; {@code startedNs} is the session's second zero, ns. */
    public byte[] started(KeptHeader header, long startedNs) {
        return bodies.body(startedNs, out -> {
            head(out, "started", header);
            String toml = header.plan().programmeToml();
            if (toml != null && toml.length() <= MOST_TOML) {
                out.writeStringField("programme_toml", toml);
            }
        });
    }

    /**
     * Writes the end.
     *
     * @param data the session's facts
     * @param summary drawn from them
     * @param startedNs the session's second zero on this boot's clock, ns; negative if it began before the boot
     * @param endedNs when it ended, or was found to have, ns
     */
    public byte[] ended(KeptHeader header, SessionData data, SessionSummary summary, long startedNs, long endedNs) {
        SessionEvent.End end = header.end();
        return bodies.body(endedNs, out -> {
            head(out, "ended", header);
            out.writeNumberField("started_ns", startedNs);
            RecordBodies.word(out, "end", end == null ? SessionEvent.End.ABANDONED : end);
            RecordBodies.word(out, "rule", rule(data.events()));
            RecordBodies.number(out, "baseline_spm", data.baselineSpm(), SIX);
            RecordBodies.number(
                    out, "walked_s", summary.part(SessionSummary.Scope.ALL).durationS(), SIX);
            RecordBodies.number(out, "cued_s", summary.cuedS(), SIX);
            blocks(out, data.blocks(), startedNs);
            out.writeObjectFieldStart("metrics");
            metrics(out, "all", summary.part(SessionSummary.Scope.ALL));
            metrics(out, "cued", summary.part(SessionSummary.Scope.CUED));
            metrics(out, "uncued", summary.part(SessionSummary.Scope.UNCUED));
            out.writeEndObject();
        });
    }

    private static void head(JsonGenerator out, String state, KeptHeader header) throws IOException {
        KeptHeader.Plan plan = header.plan();
        out.writeStringField("state", state);
        out.writeStringField("programme", plan.programme());
        if (!plan.condition().isEmpty()) {
            out.writeStringField("condition", plan.condition());
        }
        out.writeBooleanField("simulated", header.simulated());
        if (plan.revision() > 0) {
            out.writeNumberField("rx_rev", plan.revision());
        }
        RecordBodies.number(out, "sessions_per_week", plan.sessionsPerWeek(), SIX);
        RecordBodies.number(out, "planned_cued_s", plan.cuedS(), SIX);
    }

    private static void blocks(JsonGenerator out, List<SessionData.BlockSpan> blocks, long startedNs)
            throws IOException {
        out.writeArrayFieldStart("blocks");
        for (SessionData.BlockSpan block : blocks.subList(0, Math.min(MOST_BLOCKS, blocks.size()))) {
            out.writeStartObject();
            out.writeNumberField("index", block.index());
            RecordBodies.word(out, "kind", block.kind());
            out.writeNumberField("start_ns", startedNs + Math.round(block.startS() * 1e9));
            out.writeNumberField("end_ns", startedNs + Math.round(block.endS() * 1e9));
            RecordBodies.number(out, "level_pct", block.levelPct(), SIX);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void metrics(JsonGenerator out, String scope, SessionSummary.Part part) throws IOException {
        out.writeObjectFieldStart(scope);
        for (Metric metric : part.metrics()) {
            out.writeObjectFieldStart(metric.name().label());
            if (metric.sufficient()) {
                out.writeNumberField("value", metric.value());
            }
            out.writeNumberField("n", metric.n());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    /** The rule that ended it. */
    private static @Nullable SafetyRule rule(List<SessionData.Event> events) {
        for (SessionData.Event event : events) {
            if (event.kind() == SessionEvent.Kind.ENDED && event.rule() != null) {
                return event.rule();
            }
        }
        return null;
    }
}
