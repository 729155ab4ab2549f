package dev.entrain.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.outcome.SessionSummary.Scope;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** The list of sessions for programs: an array of objects; null where a figure is not there. */
public final class SessionsJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private SessionsJson() {}

    /** Returns the list as JSON, oldest first. */
    public static String text(List<SessionSummary> sessions) {
        ArrayNode array = JSON.createArrayNode();
        for (SessionSummary session : sessions) {
            ObjectNode object = array.addObject();
            object.put("session", session.id());
            object.put("started_utc", session.startedUtc().toString());
            object.put("programme", session.programme());
            object.put("condition", session.condition());
            object.put("simulated", session.simulated());
            number(object, "duration_s", session.durationS(), 3);
            number(object, "cued_s", session.cuedS(), 3);
            number(object, "baseline_spm", session.baselineSpm(), 1);
            number(object, "final_level_pct", session.finalLevelPct(), 3);
            metric(object, session, Scope.CUED, MetricName.LOCKED_FRACTION);
            metric(object, session, Scope.ALL, MetricName.RETENTION);
            object.put("steps_back", session.stepsBack());
            object.put("rules", session.rules());
            object.put(
                    "end", session.end() == null ? null : session.end().name().toLowerCase(Locale.ROOT));
        }
        try {
            return JSON.writeValueAsString(array);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can always be written", e);
        }
    }

    private static void metric(ObjectNode object, SessionSummary session, Scope scope, MetricName name) {
        number(object, name.label(), session.part(scope).metric(name).value(), name.decimals());
    }

    private static void number(ObjectNode object, String name, double value, int decimals) {
        if (Double.isNaN(value)) {
            object.putNull(name);
        } else {
            object.put(name, new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN));
        }
    }
}
