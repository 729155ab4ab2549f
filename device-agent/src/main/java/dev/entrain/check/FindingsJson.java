package dev.entrain.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * Findings for other programs. Stable: {@code area} and {@code item} keep their names; {@code schema} grows when a field
 * changes its meaning or goes, not when a finding or a field comes.
 */
public final class FindingsJson {
    /** Version of the layout. */
    public static final int SCHEMA = 1;

    private FindingsJson() {}

    /** Returns a whole examination: schema, version, made_utc, seconds, agent_running, unit, verdict, findings. */
    public static ObjectNode of(UnitExamination.Result result) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.put("schema", SCHEMA);
        all.put("version", result.version());
        all.put("made_utc", result.made().truncatedTo(ChronoUnit.SECONDS).toString());
        all.put("seconds", Math.round(result.seconds() * 100) / 100.0);
        all.put("agent_running", result.agent() != null);
        if (result.config() != null) {
            all.put("unit", result.config().telemetry().unit());
        }
        all.put("verdict", word(result.worst()));
        all.set("findings", of(result.findings()));
        return all;
    }

    /** Returns findings, each with area, item, verdict (ok, warn, fail, skipped), value and next_step. */
    public static ArrayNode of(List<Finding> findings) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Finding finding : findings) {
            array.addObject()
                    .put("area", finding.area())
                    .put("item", finding.item())
                    .put("verdict", word(finding.verdict()))
                    .put("value", finding.value())
                    .put("next_step", finding.nextStep());
        }
        return array;
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
