package dev.entrain.report.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.outcome.Metric;
import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionSummaries;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.outcome.SessionSummary.Scope;
import dev.entrain.report.ReportWords;
import dev.entrain.report.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.CodeSystem;
import org.junit.jupiter.api.Test;

class FhirBundleTest {
    private static final Path CODES = Path.of("../deploy/fhir/CodeSystem-session-metrics.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SessionSummary SUMMARY = SessionSummaries.of(Sessions.data(2));

    @Test
    void shouldBeValidR4WithOurCodesDefinedAndUnitsOfUcum() throws IOException {
        FhirContext context = FhirContext.forR4();
        PrePopulatedValidationSupport ours = new PrePopulatedValidationSupport(context);
        String definition = Files.readString(CODES);
        ours.addCodeSystem(context.newJsonParser().parseResource(CodeSystem.class, definition));
        FhirValidator validator = context.newValidator()
                .registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(
                        ours,
                        new DefaultProfileValidationSupport(context),
                        new InMemoryTerminologyServerValidationSupport(context),
                        new CommonCodeSystemsTerminologyService(context))));
        List<SessionSummary> sessions =
                List.of(SUMMARY, SessionSummaries.of(Sessions.simulated()), SessionSummaries.of(Sessions.empty()));

        assertThat(faults(validator, FhirBundle.text(sessions, "12345", "u-7f3a")))
                .isEmpty();
        assertThat(faults(validator, FhirBundle.text(sessions, "", ""))).isEmpty();
        assertThat(faults(validator, definition)).isEmpty();
        // The check can fail: a unit that UCUM does not know, a code that is not ours.
        String text = FhirBundle.text(List.of(SUMMARY), "", "");
        assertThat(faults(validator, text.replace("\"{steps}/min\"", "\"stepz/min\"")))
                .isNotEmpty();
        assertThat(faults(validator, text.replace("\"dfa_alpha\"", "\"dfa_beta\"")))
                .isNotEmpty();
    }

    /** From warnings on, but that PHR's codes are not known here, and that {steps} says nothing to a program. */
    private static List<String> faults(FhirValidator validator, String resource) {
        return validator.validateWithResult(resource).getMessages().stream()
                .filter(message -> message.getSeverity().ordinal() >= ResultSeverityEnum.WARNING.ordinal())
                .map(SingleValidationMessage::toString)
                .filter(text -> !text.contains(Codes.PHR) && !text.contains("UCUM_ANNOTATIONS"))
                .toList();
    }

    @Test
    void shouldCarryEveryFigureAsItIsPrinted() throws IOException {
        Map<String, JsonNode> observations = observations(FhirBundle.text(List.of(SUMMARY), "", "u-7f3a"));

        assertThat(observations).hasSize(MetricName.values().length + 2);
        for (MetricName name : MetricName.values()) {
            JsonNode observation = of(observations, name.label());
            same(observation, SUMMARY.part(Scope.ALL).metric(name));
            same(component(observation, Codes.CUED), SUMMARY.part(Scope.CUED).metric(name));
            same(
                    component(observation, Codes.UNCUED),
                    SUMMARY.part(Scope.UNCUED).metric(name));
            assertThat(observation.at("/note/0/text").asText()).isEqualTo(ReportWords.NOTICE);
            assertThat(observation.at("/effectivePeriod/start").asText())
                    .isEqualTo(SUMMARY.startedUtc().toString());
        }
    }

    private static JsonNode of(Map<String, JsonNode> observations, String code) {
        return Objects.requireNonNull(observations.get(code), code);
    }

    private static void same(JsonNode node, Metric metric) {
        if (metric.sufficient()) {
            assertThat(node.at("/valueQuantity/value").asDouble()).isEqualTo(metric.value());
            assertThat(node.at("/valueQuantity/code").asText())
                    .isEqualTo(metric.name().unit());
            assertThat(node.has("dataAbsentReason")).isFalse();
        } else {
            assertThat(node.has("valueQuantity")).isFalse();
            assertThat(node.at("/dataAbsentReason/coding/0/code").asText()).isIn("unknown", "not-applicable");
        }
    }

    @Test
    void shouldUseHl7NamesOnlyWhereTheyMeanTheSame() throws IOException {
        Map<String, JsonNode> observations = observations(FhirBundle.text(List.of(SUMMARY), "", ""));

        assertThat(of(observations, "walking_speed_mps")
                        .at("/code/coding/1/code")
                        .asText())
                .isEqualTo("walkingSpeed");
        assertThat(of(observations, "cadence_spm").at("/code/coding/1/code").asText())
                .isEqualTo("stepsCadence");
        assertThat(of(observations, "stride_length_m").at("/code/coding/1").isMissingNode())
                .isTrue();
        assertThat(of(observations, "step_asymmetry").at("/code/coding/1").isMissingNode())
                .isTrue();
    }

    @Test
    void shouldNameNobodyUnlessTold() {
        assertThat(FhirBundle.text(List.of(SUMMARY), "", "")).contains("Not named by the unit");
        assertThat(FhirBundle.text(List.of(SUMMARY), "MRN-7", "")).contains("\"MRN-7\"");
    }

    @Test
    void shouldMarkWhatNoPatientWalked() {
        assertThat(FhirBundle.text(List.of(SUMMARY), "", "")).doesNotContain("HTEST");
        assertThat(FhirBundle.text(List.of(SessionSummaries.of(Sessions.simulated())), "", ""))
                .contains("HTEST");
    }

    @Test
    void shouldNeverGiveASimulatedSessionToThePatient() {
        SessionSummary simulated = SessionSummaries.of(Sessions.simulated());

        assertThat(FhirBundle.text(List.of(simulated), "MRN-7", ""))
                .doesNotContain("MRN-7")
                .contains("Simulated: nobody");
        assertThat(FhirBundle.text(List.of(SUMMARY, simulated), "MRN-7", "")).contains("MRN-7", "Simulated: nobody");
    }

    @Test
    void shouldGiveTheSameNamesToTheSameObservations() {
        assertThat(FhirBundle.text(List.of(SUMMARY), "", "u")).isEqualTo(FhirBundle.text(List.of(SUMMARY), "", "u"));
    }

    @Test
    void shouldShowEachCodeAsItsDefinitionDoes() throws IOException {
        Map<String, String> defined = new HashMap<>();
        for (JsonNode concept : JSON.readTree(Files.readString(CODES)).get("concept")) {
            defined.put(concept.get("code").asText(), concept.get("display").asText());
        }
        for (JsonNode coding :
                JSON.readTree(FhirBundle.text(List.of(SUMMARY), "", "")).findValues("coding")) {
            for (JsonNode one : coding) {
                if (one.get("system").asText().equals(Codes.SYSTEM)) {
                    assertThat(defined)
                            .containsEntry(
                                    one.get("code").asText(), one.get("display").asText());
                }
            }
        }
        assertThat(defined).hasSize(MetricName.values().length + 8);
    }

    private static Map<String, JsonNode> observations(String bundle) throws IOException {
        Map<String, JsonNode> observations = new HashMap<>();
        for (JsonNode entry : JSON.readTree(bundle).get("entry")) {
            JsonNode resource = entry.get("resource");
            if (resource.get("resourceType").asText().equals("Observation")) {
                observations.put(resource.at("/code/coding/0/code").asText(), resource);
            }
        }
        return observations;
    }

    private static JsonNode component(JsonNode observation, String code) {
        for (JsonNode component : observation.get("component")) {
            if (component.at("/code/coding/0/code").asText().equals(code)) {
                return component;
            }
        }
        throw new AssertionError("no component " + code);
    }
}
