package dev.entrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.GrantedRealTime;
import dev.entrain.journal.WalkRecord;
import dev.entrain.sample.Foot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every payload is checked twice: against its schema, and against the schema with unknown fields forbidden. */
class PayloadSchemaTest {
    private static final Path FOLDER = Path.of("..", "deploy", "telemetry");
    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PayloadEncoder encoder = new PayloadEncoder();
    private final Counters counters = new Counters();
    private final WalkRecord record = new WalkRecord();

    @Test
    void shouldWriteValidBirth() throws IOException {
        JsonNode birth = valid("birth", encoder.birth(new Birth(BOOT, "0.1.0", "25.0.1", "ab".repeat(32), null)));
        assertThat(birth.path("schemas").path("events").asInt(-1)).isEqualTo(PayloadEncoder.MINOR_VERSION);
    }

    @Test
    void shouldTellInItsBirthWhatTheSystemGranted() throws IOException {
        GrantedRealTime granted = new GrantedRealTime(0, 0, false, List.of("x".repeat(900)));
        JsonNode birth = valid("birth", encoder.birth(new Birth(BOOT, "0.1.0", "25.0.1", "ab".repeat(32), granted)));
        assertThat(birth.path("real_time").path("process_priority").asInt(-1)).isZero();
        assertThat(birth.path("real_time").path("refused").get(0).asText()).hasSize(400);
    }

    @Test
    void shouldWriteValidStatus() throws IOException {
        for (UnitState state : UnitState.values()) {
            JsonNode status = valid("status", encoder.status(BOOT, 81_234, state));
            assertThat(status.path("state").asText()).isEqualTo(state.label());
        }
    }

    @Test
    void shouldWriteValidState() throws IOException {
        record.setState(9_000_000_000L, true, true, 110.416, 112, 1_086_600_000)
                .footState(Foot.LEFT, 0.4567, 8_990_000_000L, 8_500_000_000L, 4_900_000)
                .footState(Foot.RIGHT, 0.9, 8_991_000_000L, 8_050_000_000L, 5_100_000);
        counters.add(Counter.STEPS, 12);
        JsonNode state = valid("state", encoder.state(BOOT, record, new long[] {12, 10, 9, 5, 0, 0}, counters));
        assertThat(state.path("left").path("phase").asDouble()).isEqualTo(0.457);
        assertThat(state.path("cadence_spm").asDouble()).isEqualTo(110.42);
        assertThat(state.path("stride_duration_s").asDouble()).isEqualTo(1.0866);
        assertThat(state.path("counters").path("steps").asLong()).isEqualTo(12);
        assertThat(state.path("recorded").path("strides").asLong()).isEqualTo(10);
    }

    @Test
    void shouldLeaveOutWhatIsNotKnown() throws IOException {
        record.setState(9, false, false, Double.NaN, Double.NaN, WalkRecord.NONE);
        JsonNode state = valid("state", encoder.state(BOOT, record, new long[WalkRecord.Kind.COUNT], counters));
        assertThat(state.path("left").isEmpty()).isTrue();
        assertThat(state.has("cadence_spm")).isFalse();

        EventBatch batch = encoder.events();
        batch.onRecord(BOOT, 1, record.setStep(Foot.LEFT, 5, 6, WalkRecord.NONE, Double.NaN, 1));
        batch.onRecord(BOOT, 2, record.setStride(Foot.LEFT, 5, 6, 7, WalkRecord.NONE, Double.NaN, Double.NaN));
        JsonNode events = valid("events", batch.finish()).path("events");
        assertThat(events.get(0).has("asynchrony_ms")).isFalse();
        assertThat(events.get(1).has("stride_length_m")).isFalse();
    }

    @Test
    void shouldWriteValidEventsOfEveryKind() throws IOException {
        EventBatch batch = encoder.events();
        batch.onRecord(
                BOOT,
                101,
                record.setStep(Foot.LEFT, 5_000_000_000L, 5_060_000_000L, 512_340_000, 117.2, 0.98)
                        .nearestCue(12, -35_120_000));
        batch.onRecord(
                BOOT,
                102,
                record.setStride(Foot.RIGHT, 1, 2, 3, 1_041_000_000, 0.612, 1.234)
                        .strideShape(0.021, 0.152, -0.5, 0.262));
        batch.onRecord(BOOT, 103, record.setCue(Foot.LEFT, 13, 6, 5, 288_000, 520_000_000, Voice.ACCENT));
        batch.onRecord(BOOT, 104, record.setGap(Foot.RIGHT, 7, 8));
        batch.onRecord(BOOT, 105, record.setSilence(9, 9));
        assertThat(batch.lastSeq()).isEqualTo(105);
        JsonNode events = valid("events", batch.finish()).path("events");
        assertThat(events).hasSize(WalkRecord.Kind.COUNT - 2);
        assertThat(events.get(0).path("asynchrony_ms").asDouble()).isEqualTo(-35.1);
        assertThat(events.get(2).path("period_s").asDouble()).isEqualTo(0.52);
    }

    @Test
    void shouldStayValidAtTheEdges() throws IOException {
        record.setState(9, true, false, 0, 0, 1).footState(Foot.LEFT, 0.9999, 9, 9, -200_000);
        JsonNode state = valid("state", encoder.state(BOOT, record, new long[WalkRecord.Kind.COUNT], counters));
        assertThat(state.path("left").path("sensor_gap_s").asDouble(-1)).isZero();
        EventBatch batch = encoder.events();
        batch.onRecord(BOOT, 1, record.setCue(Foot.LEFT, 1, 6, 5, 0, 0, Voice.BEAT));
        assertThat(valid("events", batch.finish()).path("events").get(0).has("period_s"))
                .isFalse();
    }

    @Test
    void shouldFindAnInvalidPayload() throws IOException {
        JsonNode wrong = JSON.readTree("{\"v\":0,\"boot\":\"" + BOOT + "\",\"conn\":1,\"state\":\"asleep\"}");
        assertThat(problems("status", wrong, false)).isNotEmpty();
    }

    @Test
    void shouldDescribeEveryTopicInAsyncApi() throws IOException {
        JsonNode api = JSON.readTree(Files.readString(FOLDER.resolve("asyncapi.json")));
        Topics topics = new Topics("{unit}");
        Set<String> addresses = new TreeSet<>();
        api.path("channels")
                .forEach(channel -> addresses.add(channel.path("address").asText()));
        assertThat(addresses)
                .containsExactlyInAnyOrder(
                        topics.birth(), topics.status(), topics.state(), topics.events(), topics.timing());
        for (JsonNode ref : api.findValues("$ref")) {
            String target = ref.asText();
            if (target.startsWith("#")) {
                assertThat(api.at(target.substring(1)).isMissingNode())
                        .as(target)
                        .isFalse();
            } else {
                assertThat(FOLDER.resolve(target)).exists();
            }
        }
    }

    static JsonNode valid(String schema, byte[] payload) throws IOException {
        JsonNode node = JSON.readTree(payload);
        assertThat(problems(schema, node, false)).isEmpty();
        assertThat(problems(schema, node, true)).isEmpty();
        return node;
    }

    private static Set<String> problems(String schema, JsonNode payload, boolean strict) throws IOException {
        JsonNode text = JSON.readTree(Files.readString(FOLDER.resolve("schema").resolve(schema + ".schema.json")));
        if (strict) {
            forbidUnknownFields(text);
        }
        Set<String> problems = new TreeSet<>();
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(text)
                .validate(payload)
                .forEach(message -> problems.add(message.toString()));
        return problems;
    }

    private static void forbidUnknownFields(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("type").asText().equals("object")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(PayloadSchemaTest::forbidUnknownFields);
    }
}
