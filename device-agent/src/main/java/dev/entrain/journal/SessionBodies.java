package dev.entrain.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.entrain.outcome.Metric;
import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.session.SafetyRule;
import dev.entrain.session.SessionEvent;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the bodies of SESSION records: at a session's start, and at its end with its summary. Bounded in size. */
public final class SessionBodies {
    /** Most blocks told; a session walked in more pieces tells the first of them. */
    static final int MOST_BLOCKS = 200;

    /** Most songs told, those that played longest: with the blocks and the figures they fit into one message. */
    public static final int MOST_SONGS = 24;

    /** Figures told of a song: what says how its steps went with it. */
    private static final List<MetricName> OF_A_SONG = List.of(
            MetricName.CADENCE,
            MetricName.WALKING_SPEED,
            MetricName.ASYNCHRONY,
            MetricName.ASYNCHRONY_SD,
            MetricName.LOCKED_FRACTION,
            MetricName.TEMPO_ACCURACY);

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
            metrics(out, "all", summary.part(SessionSummary.Scope.ALL).metrics());
            metrics(out, "cued", summary.part(SessionSummary.Scope.CUED).metrics());
            metrics(out, "uncued", summary.part(SessionSummary.Scope.UNCUED).metrics());
            out.writeEndObject();
            songs(out, data, summary.songs(), startedNs);
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

    /** Nothing where no music played. */
    private static void songs(JsonGenerator out, SessionData data, List<SessionSummary.Part> songs, long startedNs)
            throws IOException {
        if (songs.isEmpty()) {
            return;
        }
        List<SessionSummary.Part> told = songs.stream()
                .sorted(Comparator.comparingDouble(SessionSummary.Part::durationS)
                        .reversed())
                .limit(MOST_SONGS)
                .sorted(Comparator.comparingInt(SessionSummary.Part::index))
                .toList();
        out.writeArrayFieldStart("songs");
        for (SessionSummary.Part part : told) {
            SessionData.Song song = data.songs().get(part.index());
            out.writeStartObject();
            out.writeNumberField("start_ns", startedNs + Math.round(song.fromS() * 1e9));
            out.writeNumberField("end_ns", startedNs + Math.round(song.toS() * 1e9));
            SongFields.write(out, song.facts());
            RecordBodies.number(out, "walked_s", part.durationS(), SIX);
            out.writeNumberField("steps", data.stepsIn(song));
            metrics(out, "metrics", OF_A_SONG.stream().map(part::metric).toList());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void metrics(JsonGenerator out, String scope, List<Metric> figures) throws IOException {
        out.writeObjectFieldStart(scope);
        for (Metric metric : figures) {
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
