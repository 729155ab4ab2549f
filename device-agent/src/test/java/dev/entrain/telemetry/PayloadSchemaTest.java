package dev.entrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.ClockReading;
import dev.entrain.journal.GrantedRealTime;
import dev.entrain.journal.KeptHeader;
import dev.entrain.journal.LiveState;
import dev.entrain.journal.MemoryLog;
import dev.entrain.journal.RecordBodies;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.SessionBodies;
import dev.entrain.journal.SettledFacts;
import dev.entrain.journal.SongRecord;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionSummaries;
import dev.entrain.outcome.SongFacts;
import dev.entrain.report.Sessions;
import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import dev.entrain.session.SessionEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract as programs read it; what a whole agent publishes has a test of its own beside the broker's. */
class PayloadSchemaTest {
    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Schemas schemas = new Schemas();
    private final PayloadEncoder encoder = new PayloadEncoder();
    private final Counters counters = new Counters();
    private final LiveState state = new LiveState();

    @Test
    void shouldWriteValidBirth() throws IOException {
        JsonNode birth = schemas.valid(
                "birth", encoder.birth(new Birth(BOOT, "0.1.0", "25.0.1", "ab".repeat(32), null, null, () -> null)));
        assertThat(birth.path("schemas").path("events").asInt(-1)).isEqualTo(PayloadEncoder.MINOR_VERSION);
        Set<String> told = new TreeSet<>();
        birth.path("schemas").fieldNames().forEachRemaining(told::add);
        assertThat(told).isEqualTo(schemaFiles());
    }

    @Test
    void shouldTellInItsBirthWhatTheSystemGranted() throws IOException {
        GrantedRealTime granted = new GrantedRealTime(0, 0, false, List.of("x".repeat(900)));
        JsonNode birth = schemas.valid(
                "birth", encoder.birth(new Birth(BOOT, "0.1.0", "25.0.1", "ab".repeat(32), granted, null, () -> null)));
        assertThat(birth.path("real_time").path("process_priority").asInt(-1)).isZero();
        assertThat(birth.path("real_time").path("refused").get(0).asText()).hasSize(400);
    }

    @Test
    void shouldTellInItsBirthWhatItRunsOnAndWhenItsCertificateEnds() throws IOException {
        Instant ends = Instant.parse("2028-02-29T12:00:00.5Z");
        Birth.Board board = new Birth.Board("Raspberry Pi 4 Model B Rev 1.4", null, "6.12", "aarch64");
        JsonNode birth = schemas.valid(
                "birth", encoder.birth(new Birth(BOOT, "0.1.0", "25.0.1", "ab".repeat(32), null, board, () -> ends)));
        assertThat(birth.path("certificate_expires").asText()).isEqualTo("2028-02-29T12:00:00Z");
        assertThat(birth.path("board").path("model").asText()).isEqualTo("Raspberry Pi 4 Model B Rev 1.4");
        assertThat(birth.path("board").has("os")).isFalse();
    }

    @Test
    void shouldTellItsOwnBatteryOnlyWhileItIsKnown() throws IOException {
        JsonNode known =
                schemas.valid("state", encoder.state(BOOT, state.begin(9).unitBattery(42, 3.7049, true), 0, counters));
        assertThat(known.path("battery").path("pct").asInt()).isEqualTo(42);
        assertThat(known.path("battery").path("volts").asDouble()).isEqualTo(3.7);
        assertThat(known.path("battery").path("charging").asBoolean()).isTrue();
        JsonNode unknown = schemas.valid("state", encoder.state(BOOT, state.begin(9), 0, counters));
        assertThat(unknown.has("battery")).isFalse();
    }

    @Test
    void shouldWriteValidStatus() throws IOException {
        for (UnitState each : UnitState.values()) {
            JsonNode status = schemas.valid("status", encoder.status(BOOT, 81_234, each));
            assertThat(status.path("state").asText()).isEqualTo(each.label());
        }
    }

    @Test
    void shouldWriteValidState() throws IOException {
        state.begin(9_000_000_000L)
                .walk(true, true)
                .rhythm(110.416, 112, 1_086_600_000, -35.14)
                .inSession("s-1", 2, Block.Kind.PROGRESS, 112.5, false)
                .playing("0123456789abcdef")
                .recorded(12, 10, 9);
        state.lock = LiveState.Lock.LOCKED;
        LiveState.FootState left = state.foot(Foot.LEFT);
        left.phase = 0.4567;
        left.phaseTimeNs = 8_990_000_000L;
        left.sensorGapNs = -200_000;
        left.batteryPercent = 80;
        left.lossPct = 0.04;
        counters.add(Counter.STEPS, 12);
        JsonNode written = schemas.valid("state", encoder.state(BOOT, state, 7, counters));
        assertThat(written.path("left").path("phase").asDouble()).isEqualTo(0.457);
        assertThat(written.path("left").path("sensor_gap_s").asDouble(-1)).isZero();
        assertThat(written.path("cadence_spm").asDouble()).isEqualTo(110.42);
        assertThat(written.path("waiting").asLong()).isEqualTo(7);
        assertThat(written.path("song").asText()).isEqualTo("0123456789abcdef");
        assertThat(written.path("counters").path("steps").asLong()).isEqualTo(12);
    }

    @Test
    void shouldLeaveOutWhatIsNotKnown() throws IOException {
        JsonNode written = schemas.valid("state", encoder.state(BOOT, state.begin(9), 0, counters));
        assertThat(written.path("left").isEmpty()).isTrue();
        assertThat(written.has("cadence_spm")).isFalse();
        assertThat(written.has("session")).isFalse();
        assertThat(written.has("song")).isFalse();
    }

    @Test
    void shouldWriteValidClocksAndFaults() throws IOException {
        RecordBodies bodies = new RecordBodies();
        ClockReading reading = new ClockReading(5, Instant.parse("2026-11-23T10:00:00.123Z"), 0.01);
        schemas.valid("clock", message(RecordKind.CLOCK, bodies.clock(reading)));
        JsonNode fault = schemas.valid(
                "events", message(RecordKind.FAULT, bodies.fault(5, "sensor_left", "Plug it in.", 4, false)));
        assertThat(fault.path("events").get(0).path("code").asText()).isEqualTo("sensor_left");
    }

    @Test
    void shouldWriteValidSongsWithATitleOnlyWhereThereIsOne() throws IOException {
        MemoryLog log = new MemoryLog(BOOT, 0, 100, counters);
        SettledFacts facts = new SettledFacts(log, new RecordBodies());
        SongFacts titled = new SongFacts(
                "0123456789abcdef", "Kettle \u0000 march", 300, 4, 250, -2.5, -4, SongFacts.Ended.SKIPPED, true);
        SongFacts untitled =
                new SongFacts("fedcba9876543210", null, 0, 0, 0, Double.NaN, Double.NaN, SongFacts.Ended.FAULT, false);
        facts.song(new SongRecord(5, 9, titled), "s-1");
        facts.song(new SongRecord(9, 9, untitled), null);
        log.commit();
        RecordMessage message = new RecordMessage(new JsonFactory(), "", 0, RecordMessage.MOST_BYTES);
        log.unacknowledged(0, 100, message);

        JsonNode events = schemas.valid("events", message.finish()).path("events");
        assertThat(events).hasSize(2);
        assertThat(events.get(0).path("title").asText()).isEqualTo("Kettle   march");
        assertThat(events.get(0).path("ended").asText()).isEqualTo("skipped");
        assertThat(events.get(1).has("title")).isFalse();
        assertThat(events.get(1).has("stretch_median_pct")).isFalse();
    }

    @Test
    void shouldWriteAValidEndOfASessionWithSongs() throws IOException {
        SessionData data = Sessions.music().data();
        KeptHeader header = new KeptHeader(
                data.id(),
                KeptHeader.Plan.PLAIN,
                data.startedUtc(),
                Map.of(BOOT, 0L),
                true,
                SessionEvent.End.COMPLETED);
        byte[] body = new SessionBodies(new RecordBodies())
                .ended(header, data, SessionSummaries.of(data), -5_000_000_000L, 9_000_000_000L);

        JsonNode songs =
                schemas.valid("session", message(RecordKind.SESSION, body)).path("songs");
        assertThat(songs).hasSize(3);
        assertThat(songs.get(1).has("title")).isFalse();
        assertThat(songs.get(0).path("start_ns").asLong()).isEqualTo(67_000_000_000L);
        assertThat(songs.get(0).path("metrics").size()).isEqualTo(6);
    }

    @Test
    void shouldTakeEveryKindOfTheContract() throws IOException {
        Set<String> kinds = new TreeSet<>();
        for (JsonNode ref :
                schema("events").path("properties").path("events").path("items").path("oneOf")) {
            kinds.add(ref.path("$ref").asText().replace("#/$defs/", ""));
        }
        Set<String> known = new TreeSet<>();
        for (RecordKind kind : RecordKind.values()) {
            if (Carriage.of(kind) == Carriage.EVENTS) {
                known.add(kind.label());
            }
        }
        assertThat(kinds).isEqualTo(known);
        String lost = "{\"t_ns\":1,\"kind_lost\":\"gap\",\"count\":3,\"from_seq\":1,\"to_seq\":9}";
        schemas.valid("events", message(RecordKind.LOST, lost.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldFindAnInvalidPayload() throws IOException {
        JsonNode wrong = JSON.readTree("{\"v\":0,\"boot\":\"" + BOOT + "\",\"conn\":1,\"state\":\"asleep\"}");
        assertThat(schemas.problems("status", wrong, false)).isNotEmpty();
        JsonNode early = JSON.readTree("{\"v\":3,\"boot\":\"" + BOOT + "\",\"up_to\":-1}");
        assertThat(schemas.problems("ack", early, false)).isNotEmpty();
    }

    @Test
    void shouldReadExactlyTheAcknowledgementsItsSchemaAllows() throws IOException {
        for (String text : List.of(
                "{\"v\":3,\"boot\":\"" + BOOT + "\",\"up_to\":0}",
                "{\"v\":3,\"boot\":\"" + BOOT + "\",\"up_to\":9007199254740991}",
                "{\"v\":3,\"boot\":\"" + BOOT + "\",\"up_to\":9007199254740992}",
                "{\"v\":3,\"boot\":\"" + BOOT + "\",\"up_to\":\"1\"}",
                "{\"v\":3,\"boot\":\"" + BOOT + "\"}")) {
            boolean valid = schemas.problems("ack", JSON.readTree(text), false).isEmpty();
            assertThat(ClinicAck.parse(text.getBytes(StandardCharsets.UTF_8)) != null)
                    .as(text)
                    .isEqualTo(valid);
        }
    }

    @Test
    void shouldDescribeEveryTopicAndEverySchemaInAsyncApi() throws IOException {
        JsonNode api = JSON.readTree(Files.readString(Schemas.FOLDER.resolve("asyncapi.json")));
        Topics topics = new Topics("{unit}");
        Set<String> addresses = new TreeSet<>();
        api.path("channels")
                .forEach(channel -> addresses.add(channel.path("address").asText()));
        Set<String> expected = new TreeSet<>(topics.wanted());
        expected.addAll(List.of(topics.birth(), topics.status(), topics.state()));
        for (Carriage carriage : Carriage.values()) {
            expected.add(topics.records(carriage));
        }
        for (String leaf : List.of("reported", "answer", "log")) {
            expected.add(topics.reply(leaf));
        }
        assertThat(addresses).isEqualTo(expected);
        Set<String> referred = new TreeSet<>();
        for (JsonNode ref : api.findValues("$ref")) {
            String target = ref.asText();
            if (target.startsWith("#")) {
                assertThat(api.at(target.substring(1)).isMissingNode())
                        .as(target)
                        .isFalse();
            } else {
                referred.add(target.replace("./schema/", "").replace(".schema.json", ""));
            }
        }
        assertThat(referred).isEqualTo(schemaFiles());
    }

    @Test
    void shouldSayInTheContractWhatTheSchemasSay() throws IOException {
        String page = Files.readString(Schemas.FOLDER.resolve("README.md"));
        for (RecordKind kind : RecordKind.values()) {
            if (Carriage.of(kind) == Carriage.EVENTS) {
                schema("events")
                        .path("$defs")
                        .path(kind.label())
                        .path("properties")
                        .fieldNames()
                        .forEachRemaining(field -> assertThat(page).contains(field));
            }
        }
    }

    private static byte[] message(RecordKind kind, byte[] body) {
        RecordMessage message = new RecordMessage(new JsonFactory(), "", 0, RecordMessage.MOST_BYTES);
        message.onRecord(BOOT, 7, kind, "s-1", body);
        return message.finish();
    }

    private static JsonNode schema(String name) throws IOException {
        return JSON.readTree(Files.readString(Schemas.FOLDER.resolve("schema").resolve(name + ".schema.json")));
    }

    private static Set<String> schemaFiles() throws IOException {
        try (Stream<Path> files = Files.list(Schemas.FOLDER.resolve("schema"))) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString().replace(".schema.json", "")));
            return names;
        }
    }
}
