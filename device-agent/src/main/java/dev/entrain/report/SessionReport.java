package dev.entrain.report;

import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.outcome.Trend;
import dev.entrain.session.Programme;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report is made of.
 *
 * @param data the session's facts
 * @param summary its figures
 * @param trend the sessions up to this one that are for the same condition, compared
 * @param programme what was given; null if not known
 * @param unit name of the unit; empty if not known
 * @param zone where the session's date and hour are told
 */
public record SessionReport(
        SessionData data,
        SessionSummary summary,
        Trend trend,
        @Nullable Programme programme,
        String unit,
        ZoneId zone) {
    /**
     * Puts a report together.
     *
     * @param all figures of all sessions there are, this one among them; later ones and those for another condition are left
     *     out
     */
    public static SessionReport of(
            SessionData data,
            SessionSummary summary,
            List<SessionSummary> all,
            @Nullable Programme programme,
            String unit,
            ZoneId zone) {
        List<SessionSummary> past = new ArrayList<>();
        for (SessionSummary one : all) {
            if (one.condition().equals(summary.condition())
                    && one.startedUtc().isBefore(summary.startedUtc())
                    && !one.id().equals(summary.id())) {
                past.add(one);
            }
        }
        past.add(summary);
        double prescribedMin = programme == null ? Double.NaN : Trend.prescribedMin(programme);
        return new SessionReport(data, summary, Trend.of(past, prescribedMin), programme, unit, zone);
    }

    /** Returns cued minus uncued of this session; NaN where one is insufficient or the metric has no two sides. */
    double difference(MetricName name) {
        for (Trend.Difference difference : trend.differences()) {
            if (difference.session().equals(summary.id()) && difference.cued().name() == name) {
                return difference.difference();
            }
        }
        return Double.NaN;
    }
}
