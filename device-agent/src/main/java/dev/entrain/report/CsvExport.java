package dev.entrain.report;

import dev.entrain.outcome.Metric;
import dev.entrain.outcome.Pair;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.outcome.SessionSummary.Part;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Sessions as tidy tables: comma-separated, UTF-8, one header line; an empty field is a value that is not there. */
public final class CsvExport {
    private CsvExport() {}

    /** Returns {@code sessions.csv}: one row a session. */
    public static String sessions(List<SessionSummary> sessions) {
        StringBuilder csv = new StringBuilder("session,started_utc,programme,condition,simulated,duration_s,cued_s,"
                + "baseline_spm,final_level_pct,steps_back,rules,end\n");
        for (SessionSummary session : sessions) {
            row(
                    csv,
                    session.id(),
                    session.startedUtc().toString(),
                    session.programme(),
                    session.condition(),
                    String.valueOf(session.simulated()),
                    number(session.durationS(), 3),
                    number(session.cuedS(), 3),
                    number(session.baselineSpm(), 6),
                    number(session.finalLevelPct(), 3),
                    String.valueOf(session.stepsBack()),
                    String.valueOf(session.rules()),
                    session.end() == null ? "" : session.end().name().toLowerCase(Locale.ROOT));
        }
        return csv.toString();
    }

    /** Returns {@code metrics.csv}: one row a figure; insufficient ones have no value but their n. Units are UCUM. */
    public static String metrics(List<SessionSummary> sessions) {
        StringBuilder csv = new StringBuilder("session,simulated,part,block,metric,value,unit,n\n");
        for (SessionSummary session : sessions) {
            for (Part part : session.parts()) {
                String block = switch (part.scope()) {
                    case SONG -> part.index() + ":song";
                    case BLOCK ->
                        part.index() + ":"
                                + Objects.requireNonNull(part.block()).name().toLowerCase(Locale.ROOT);
                    case ALL, CUED, UNCUED -> "";
                };
                for (Metric metric : part.metrics()) {
                    row(
                            csv,
                            session.id(),
                            String.valueOf(session.simulated()),
                            part.scope().name().toLowerCase(Locale.ROOT),
                            block,
                            metric.name().label(),
                            metric.sufficient() ? metric.text() : "",
                            metric.name().unit(),
                            String.valueOf(metric.n()));
                }
            }
        }
        return csv.toString();
    }

    /**
     * Returns {@code pairs.csv}: each step that counts in the figures, with the beat nearest to it, at most half an interval away. Times are s from the
     * session's start; asynchrony is step minus beat.
     */
    public static String pairs(SessionData data) {
        StringBuilder csv = new StringBuilder("step_s,foot,cue,onset_s,period_s,asynchrony_ms\n");
        for (Pair pair : Pair.of(data)) {
            row(
                    csv,
                    number(pair.stepS(), 6),
                    String.valueOf(pair.foot().letter()),
                    String.valueOf(pair.cue().id()),
                    number(pair.cue().onsetS(), 6),
                    number(pair.cue().periodS(), 6),
                    number(pair.asynchronyS() * 1000, 3));
        }
        return csv.toString();
    }

    private static String number(double value, int decimals) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** Quotes by RFC 4180 where a field needs it; names are the clinician's and may hold anything. */
    private static void row(StringBuilder csv, String... fields) {
        for (int i = 0; i < fields.length; i++) {
            String field = fields[i];
            boolean plain = field.indexOf(',') < 0
                    && field.indexOf('"') < 0
                    && field.indexOf('\n') < 0
                    && field.indexOf('\r') < 0;
            csv.append(i == 0 ? "" : ",").append(plain ? field : '"' + field.replace("\"", "\"\"") + '"');
        }
        csv.append('\n');
    }
}
