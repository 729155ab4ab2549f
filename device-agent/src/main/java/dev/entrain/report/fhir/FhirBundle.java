package dev.entrain.report.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.outcome.Metric;
import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.outcome.SessionSummary.Scope;
import dev.entrain.plot.Svg;
import dev.entrain.report.ReportWords;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * Sessions as a FHIR R4 Bundle (collection) of Observations, one a metric and session: its value of the whole session, with
 * components for the parts with cues and without. Holds nothing of the patient but the identifier the clinic gives. The same
 * input gives the same text.
 */
public final class FhirBundle {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

    private final String subject;
    private final String unit;

    private FhirBundle(String subject, String unit) {
        this.subject = subject;
        this.unit = unit;
    }

    /**
     * Returns the bundle as JSON.
     *
     * @param sessions oldest first
     * @param subject the clinic's identifier of the patient; empty to name nobody. Simulated sessions never carry it
     * @param unit name of the unit; empty if not known
     */
    public static String text(List<SessionSummary> sessions, String subject, String unit) {
        FhirBundle bundle = new FhirBundle(subject, unit);
        ObjectNode root = NODES.objectNode();
        root.put("resourceType", "Bundle");
        root.put("type", "collection");
        if (!sessions.isEmpty()) {
            root.put("timestamp", instant(end(sessions.getLast())));
        }
        ArrayNode entries = root.putArray("entry");
        bundle.device(entry(entries, bundle.deviceUrl()));
        for (SessionSummary session : sessions) {
            bundle.session(entries, session);
        }
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can always be written", e);
        }
    }

    private static ObjectNode entry(ArrayNode entries, String url) {
        ObjectNode entry = entries.addObject();
        entry.put("fullUrl", url);
        return entry.putObject("resource");
    }

    private static String url(String... names) {
        byte[] name = ("entrain/" + String.join("/", names)).getBytes(StandardCharsets.UTF_8);
        return "urn:uuid:" + UUID.nameUUIDFromBytes(name);
    }

    private String deviceUrl() {
        return url("device", unit);
    }

    private void device(ObjectNode device) {
        device.put("resourceType", "Device");
        narrative(device, "Entrain unit " + (unit.isEmpty() ? "of unknown name" : unit));
        if (!unit.isEmpty()) {
            ObjectNode identifier = device.putArray("identifier").addObject();
            identifier.put("system", "https://entrain.dev/fhir/unit");
            identifier.put("value", unit);
        }
        ObjectNode name = device.putArray("deviceName").addObject();
        name.put("name", "Entrain");
        name.put("type", "user-friendly-name");
        device.putArray("note").addObject().put("text", ReportWords.NOTICE);
    }

    private void session(ArrayNode entries, SessionSummary session) {
        Metric none = new Metric(MetricName.CADENCE, Double.NaN, 0);
        ObjectNode baseline = observation(entries, session, Codes.BASELINE, "Baseline cadence (C0)");
        if (Double.isNaN(session.baselineSpm())) {
            absent(baseline, none);
        } else {
            quantity(baseline, "{steps}/min", decimal(session.baselineSpm(), 1));
        }
        describe(baseline, "Baseline cadence (C0)");
        ObjectNode cued = observation(entries, session, Codes.CUED_TIME, "Time in parts with cues");
        quantity(cued, "min", decimal(session.cuedS() / 60, 1));
        describe(cued, "Time in parts with cues");
        for (MetricName name : MetricName.values()) {
            ObjectNode observation = observation(entries, session, name.label(), ReportWords.name(name));
            String phr = Codes.phr(name);
            if (phr != null) {
                coding((ArrayNode) observation.get("code").get("coding"), Codes.PHR, phr, Codes.phrDisplay(phr));
            }
            metric(observation, session.part(Scope.ALL).metric(name));
            components(observation, session, name);
            describe(observation, ReportWords.name(name));
        }
    }

    private ObjectNode observation(ArrayNode entries, SessionSummary session, String code, String display) {
        ObjectNode observation = entry(entries, url("observation", session.id(), code));
        observation.put("resourceType", "Observation");
        if (session.simulated()) {
            // HL7's mark for data that is of no patient.
            ObjectNode tag = observation.putObject("meta").putArray("tag").addObject();
            tag.put("system", "http://terminology.hl7.org/CodeSystem/v3-ActReason");
            tag.put("code", "HTEST");
            tag.put("display", "test health data");
        }
        ObjectNode identifier = observation.putArray("identifier").addObject();
        identifier.put("system", "https://entrain.dev/fhir/session");
        identifier.put("value", session.id() + "/" + code);
        observation.put("status", session.end() == null ? "preliminary" : "final");
        ArrayNode category = observation.putArray("category").addObject().putArray("coding");
        coding(category, "http://terminology.hl7.org/CodeSystem/observation-category", "activity", "Activity");
        coding(observation.putObject("code").putArray("coding"), Codes.SYSTEM, code, display);
        who(observation.putObject("subject"), session);
        ObjectNode period = observation.putObject("effectivePeriod");
        period.put("start", instant(session.startedUtc()));
        period.put("end", instant(end(session)));
        who(observation.putArray("performer").addObject(), session);
        observation.putArray("note").addObject().put("text", ReportWords.NOTICE);
        observation.putObject("device").put("reference", deviceUrl());
        return observation;
    }

    /** The walker made these himself, so he is subject and performer; what nobody walked is never told of a patient. */
    private void who(ObjectNode reference, SessionSummary session) {
        reference.put("type", "Patient");
        if (session.simulated()) {
            reference.put("display", "Simulated: nobody");
        } else if (subject.isEmpty()) {
            reference.put("display", "Not named by the unit");
        } else {
            ObjectNode identifier = reference.putObject("identifier");
            identifier.put("system", "https://entrain.dev/fhir/subject");
            identifier.put("value", subject);
        }
    }

    private static void metric(ObjectNode target, Metric metric) {
        if (metric.sufficient()) {
            quantity(target, metric.name().unit(), new BigDecimal(metric.text()));
        } else {
            absent(target, metric);
        }
    }

    private static void quantity(ObjectNode target, String unit, BigDecimal value) {
        ObjectNode quantity = target.putObject("valueQuantity");
        quantity.put("value", value);
        quantity.put("unit", unit);
        quantity.put("system", Codes.UCUM);
        quantity.put("code", unit);
    }

    private static void absent(ObjectNode target, Metric metric) {
        ObjectNode reason = target.putObject("dataAbsentReason");
        boolean nothing = metric.n() == 0;
        coding(
                reason.putArray("coding"),
                ABSENT,
                nothing ? "not-applicable" : "unknown",
                nothing ? "Not Applicable" : "Unknown");
        reason.put("text", nothing ? "nothing to measure" : "insufficient: " + metric.n() + " observations");
    }

    private static void components(ObjectNode observation, SessionSummary session, MetricName name) {
        ArrayNode components = observation.putArray("component");
        Metric cued = session.part(Scope.CUED).metric(name);
        Metric uncued = session.part(Scope.UNCUED).metric(name);
        metric(component(components, Codes.CUED, "With cues"), cued);
        metric(component(components, Codes.UNCUED, "Without cues"), uncued);
        if (name.comparable() && cued.sufficient() && uncued.sufficient()) {
            quantity(
                    component(components, Codes.DIFFERENCE, "With cues minus without"),
                    name.unit(),
                    new BigDecimal(cued.text()).subtract(new BigDecimal(uncued.text())));
        }
        count(components, Codes.COUNT, "Observations", session.part(Scope.ALL).metric(name));
        count(components, Codes.CUED + "_" + Codes.COUNT, "Observations with cues", cued);
        count(components, Codes.UNCUED + "_" + Codes.COUNT, "Observations without cues", uncued);
    }

    private static void count(ArrayNode components, String code, String display, Metric metric) {
        component(components, code, display).put("valueInteger", metric.n());
    }

    private static ObjectNode component(ArrayNode components, String code, String display) {
        ObjectNode component = components.addObject();
        coding(component.putObject("code").putArray("coding"), Codes.SYSTEM, code, display);
        return component;
    }

    private static void coding(ArrayNode codings, String system, String code, String display) {
        ObjectNode coding = codings.addObject();
        coding.put("system", system);
        coding.put("code", code);
        coding.put("display", display);
    }

    /** The value in words, which FHIR wants of every resource. */
    private static void describe(ObjectNode observation, String name) {
        ObjectNode quantity = (ObjectNode) observation.get("valueQuantity");
        String value = quantity == null
                ? observation.get("dataAbsentReason").get("text").asText()
                : quantity.get("value").decimalValue().toPlainString() + " "
                        + quantity.get("unit").asText();
        narrative(observation, name + ": " + value);
    }

    private static void narrative(ObjectNode resource, String text) {
        ObjectNode narrative = resource.putObject("text");
        narrative.put("status", "generated");
        narrative.put("div", "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + Svg.escape(text) + "</div>");
    }

    private static BigDecimal decimal(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
    }

    private static Instant end(SessionSummary session) {
        return session.startedUtc().plusMillis(Math.round(session.durationS() * 1000));
    }

    private static String instant(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
