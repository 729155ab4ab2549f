package dev.entrain.clinic.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.clinic.TestDatabase;
import dev.entrain.clinic.ingest.HandIn;
import dev.entrain.clinic.ingest.HandIn.Message;
import dev.entrain.clinic.sample.SampleData;
import dev.entrain.clinic.store.Database;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadsTest {
    private final Site site;
    private final SampleData.Summary sample;
    private final HandIn handIn;
    private Browser clinician = new Browser(URI.create("http://127.0.0.1/"));

    ReadsTest(Database database) throws Exception {
        site = new Site(database, Site.noon(), null);
        sample = new SampleData(database).write(12, 6, site.clock.instant());
        handIn = new HandIn(database);
    }

    @BeforeAll
    void logIn() throws Exception {
        clinician = site.loggedIn(Site.CLINICIAN);
    }

    @AfterAll
    void close() {
        site.close();
    }

    @Test
    void shouldShowTwelveWeeksOfAPatient() throws Exception {
        JsonNode trend = clinician.json("/api/patients/SAMPLE-2/trend?weeks=12");

        assertThat(trend.path("weeks")).hasSizeBetween(11, 12);
        assertThat(trend.path("simulated").asBoolean()).isTrue();
        assertThat(trend.path("sessions")).hasSizeGreaterThan(20);
        double first = spm(trend.path("sessions").path(0));
        double last = spm(trend.path("sessions").path(trend.path("sessions").size() - 1));
        assertThat(last).isGreaterThan(first + 3);
        JsonNode patients = clinician.json("/api/patients");
        assertThat(patients).hasSize(3);
        assertThat(patients.path(1).path("adherence_pct").asDouble()).isBetween(20.0, 120.0);
        assertThat(patients.path(1).path("units").toString()).isEqualTo("[\"sample-2\"]");
    }

    @Test
    void shouldShowEveryStepOfASessionInSecondsFromItsStart() throws Exception {
        JsonNode session = clinician.json("/api/sessions/" + sample.detailed());
        JsonNode records = clinician.json("/api/sessions/" + sample.detailed() + "/records");

        assertThat(records.path("started")).isEqualTo(session.path("started"));
        assertThat(records.path("clock_error_s").asDouble()).isBetween(0.02, 0.03);
        assertThat(records.path("steps")).hasSizeGreaterThan(300);
        assertThat(records.path("strides")).hasSize(records.path("steps").size() - 2);
        JsonNode blocks = session.path("blocks");
        assertThat(blocks).hasSize(3);
        assertThat(blocks.path(0).path("start_s").asDouble()).isZero();
        double cuedFromS = blocks.path(1).path("start_s").asDouble();
        double cuedToS = blocks.path(1).path("end_s").asDouble();
        for (JsonNode cue : records.path("cues")) {
            assertThat(cue.path("t_s").asDouble()).isBetween(cuedFromS - 0.1, cuedToS + 0.1);
        }
        long joined = 0;
        for (JsonNode stride : records.path("strides")) {
            joined += stride.has("asynchrony_ms") ? 1 : 0;
            assertThat(stride.path("t_s").asDouble() - stride.path("start_s").asDouble())
                    .isCloseTo(stride.path("stride_duration_s").asDouble(), within(0.001));
        }
        assertThat(joined).isEqualTo(records.path("cues").size());
    }

    @Test
    void shouldShowTheSongsOfASessionAndWhichThePatientWalksBestTo() throws Exception {
        JsonNode session = clinician.json("/api/sessions/" + sample.detailed());
        JsonNode records = clinician.json("/api/sessions/" + sample.detailed() + "/records");
        assertThat(session.path("songs")).hasSizeGreaterThan(2);
        assertThat(records.path("songs")).hasSize(session.path("songs").size());
        for (int i = 0; i < session.path("songs").size(); i++) {
            JsonNode song = session.path("songs").path(i);
            assertThat(records.path("songs").path(i).path("t_s")).isEqualTo(song.path("start_s"));
            assertThat(records.path("songs").path(i).path("end_s")).isEqualTo(song.path("end_s"));
        }

        JsonNode music = clinician.json("/api/patients/SAMPLE-1/music?weeks=12");
        assertThat(music.path("simulated").asBoolean()).isTrue();
        JsonNode best = music.path("songs").path(0);
        assertThat(best.path("title").asText()).isEqualTo("Kettle march");
        assertThat(best.path("rank").asInt()).isEqualTo(1);
        assertThat(best.at("/difference/verdict").asText()).isEqualTo("better");
        assertThat(music.path("plays").size()).isGreaterThan(100);
        JsonNode untold = clinician.json("/api/patients/SAMPLE-2/music?weeks=12");
        assertThat(untold.path("songs")).isNotEmpty();
        assertThat(untold.toString()).doesNotContain("title");
        JsonNode none = clinician.json("/api/patients/SAMPLE-3/music?weeks=12");
        assertThat(none.path("songs")).isEmpty();
        assertThat(none.path("sessions").asInt()).isPositive();
        assertThat(none.path("minutes").asDouble()).isZero();
    }

    @Test
    void shouldPageThroughRecordsAndSessionsWithoutGapOrDouble() throws Exception {
        JsonNode whole = clinician.json("/api/sessions/" + sample.detailed() + "/records");
        List<String> steps = new ArrayList<>();
        String after = "";
        int pages = 0;
        do {
            JsonNode page = clinician.json("/api/sessions/" + sample.detailed() + "/records?limit=500&after=" + after);
            page.path("steps").forEach(step -> steps.add(step.toString()));
            after = page.path("next").asText("");
            pages++;
        } while (!after.isEmpty() && pages < 100);
        assertThat(steps).hasSize(whole.path("steps").size()).doesNotHaveDuplicates();

        List<String> sessions = new ArrayList<>();
        String before = "";
        for (int i = 0; i < 100; i++) {
            JsonNode page = clinician.json("/api/sessions?limit=20&before=" + before);
            page.forEach(session -> sessions.add(session.path("session").asText()));
            if (page.size() < 20) {
                break;
            }
            before = sessions.getLast();
        }
        sessions.removeAll(List.of("two-boots", "holes"));
        assertThat(sessions).hasSize(sample.sessions()).doesNotHaveDuplicates();
        assertThat(sessions.getFirst()).isEqualTo(sample.detailed());
    }

    @Test
    void shouldCompressALongAnswer() throws Exception {
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        clinician
                                .request("/api/sessions/" + sample.detailed() + "/records")
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();

        assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(answer.body().length).isLessThan(plain.length / 4);
        assertThat(new String(plain, StandardCharsets.UTF_8)).startsWith("{\"session\":\"" + sample.detailed());
    }

    @Test
    void shouldFollowASessionAcrossARestartOfTheUnit() throws Exception {
        String first = "11111111-1111-4111-8111-111111111111";
        String second = "22222222-2222-4222-8222-222222222222";
        handIn.store(List.of(
                message(
                        "clock",
                        "'boot':'" + first
                                + "','after_seq':0,'seq':1,'t_ns':0,'utc':'2026-11-20T10:00:00.000Z','error_s':0.01"),
                message(
                        "session",
                        "'boot':'" + first
                                + "','after_seq':1,'seq':2,'session':'two-boots','t_ns':60000000000,'state':'started',"
                                + "'programme':'plain','simulated':true"),
                step(first, 2, 61_000_000_000L),
                message(
                        "clock",
                        "'boot':'" + second
                                + "','after_seq':0,'seq':1,'t_ns':0,'utc':'2026-11-20T10:03:00.000Z','error_s':0.01"),
                step(second, 1, 5_000_000_000L)));

        JsonNode records = clinician.json("/api/sessions/two-boots/records");
        assertThat(records.path("steps").path(0).path("t_s").asDouble()).isEqualTo(1.0);
        assertThat(records.path("steps").path(1).path("t_s").asDouble()).isCloseTo(125.0, within(0.001));
        JsonNode session = clinician.json("/api/sessions/two-boots");
        assertThat(session.path("started").asText()).isEqualTo("2026-11-20T10:01:00Z");
        assertThat(session.has("end")).isFalse();
        assertThat(session.path("lost")).isEmpty();
    }

    @Test
    void shouldTellHowManyRecordsGaveWayOnTheUnitAndInASession() throws Exception {
        String boot = "44444444-4444-4444-8444-444444444444";
        handIn.store(List.of(
                message(
                        "session",
                        "'boot':'" + boot + "','after_seq':0,'seq':1,'session':'holes','t_ns':1,'state':'started',"
                                + "'programme':'plain','simulated':true"),
                lost(boot, 1, "stride", 7, 2, 8),
                message(
                        "session",
                        "'boot':'" + boot + "','after_seq':9,'seq':10,'session':'holes','t_ns':9,'state':'ended',"
                                + "'programme':'plain','simulated':true,'started_ns':1,'end':'plain','blocks':[]"),
                lost(boot, 10, "raw", 3, 11, 13)));

        assertThat(clinician.json("/api/units/two-boots-unit").path("lost").toString())
                .isEqualTo("{\"raw\":3,\"stride\":7}");
        assertThat(clinician.json("/api/sessions/holes").path("lost").toString())
                .isEqualTo("{\"stride\":7}");
    }

    private static Message lost(String boot, long after, String kind, int count, int from, int to) {
        return message(
                "ev",
                "'boot':'" + boot + "','after_seq':" + after + ",'events':[{'seq':" + (to + 1)
                        + ",'kind':'lost','t_ns':5,'kind_lost':'" + kind + "','count':" + count + ",'from_seq':" + from
                        + ",'to_seq':" + to + "}]");
    }

    @Test
    void shouldShowAUnitsFaultsUntilTheyClear() throws Exception {
        String boot = "33333333-3333-4333-8333-333333333333";
        handIn.store(List.of(
                message("birth", "'boot':'" + boot + "','agent':'1.2.3'"),
                message("status", "'boot':'" + boot + "','conn':1,'state':'online'"),
                message(
                        "state",
                        "'boot':'" + boot
                                + "','t_ns':5,'walking':true,'waiting':7,'left':{'battery_pct':81},'right':{},'counters':{'steps':3}"),
                fault(boot, 1, "sound_output", false),
                fault(boot, 2, "left_sensor", false),
                fault(boot, 3, "left_sensor", true)));

        JsonNode unit = clinician.json("/api/units/two-boots-unit");
        assertThat(unit.path("faults")).hasSize(1);
        assertThat(unit.path("faults").path(0).path("code").asText()).isEqualTo("sound_output");
        assertThat(unit.path("online").asBoolean()).isTrue();
        assertThat(unit.path("battery").toString()).isEqualTo("{\"left\":81}");
        assertThat(unit.path("waiting").asInt()).isEqualTo(7);
        assertThat(unit.path("agent").asText()).isEqualTo("1.2.3");
        assertThat(unit.path("counters").path("steps").asInt()).isEqualTo(3);
    }

    @Test
    void shouldShowAllUnitsWhateverOneOfThemSays() throws Exception {
        String boot = "'boot':'odd','after_seq':0,";
        List<Message> odd = List.of(
                message("birth", "'boot':'odd','agent':'1.2.3','x':1e5000"),
                message("state", "'boot':'odd','waiting':7,'x':" + "[".repeat(40) + "]".repeat(40)),
                message("ev", boot + "'events':[{'seq':1,'kind':'lost','t_ns':5,'kind_lost':'step','count':1e300}]"));
        handIn.store(odd.stream()
                .map(one -> new Message(one.topic().replace("two-boots-unit", "odd-unit"), one.payload()))
                .toList());

        assertThat(clinician.json("/api/units").findValuesAsText("unit")).contains("odd-unit", "sample-1");
        JsonNode unit = clinician.json("/api/units/odd-unit");
        assertThat(unit.path("unit").asText()).isEqualTo("odd-unit");
        assertThat(unit.path("lost").path("step").asLong()).isEqualTo((1L << 53) - 1);
    }

    @Test
    void shouldShowTheUnitsOwnProofOfItsTiming() throws Exception {
        JsonNode timing = clinician.json("/api/units/sample-1/timing?limit=5");

        assertThat(timing.path("history")).hasSize(5);
        assertThat(timing.path("latest").path("cues").path("late").asInt()).isZero();
        JsonNode newest = timing.path("history").path(4);
        assertThat(newest.path("utc")).isEqualTo(timing.path("latest").path("utc"));
        assertThat(newest.path("p99_ns").asLong()).isPositive();
        assertThat(Instant.parse(newest.path("utc").asText())).isBefore(site.clock.instant());
    }

    /** A walk without network, then a restart with one: what happened first is heard of last. */
    @Test
    void shouldShowTheTimingOfTheBootThatRunsAsTheLatest() throws Exception {
        for (String boot : List.of("runs", "earlier")) {
            String hour = boot.equals("runs") ? "12" : "11";
            handIn.store(List.of(
                    late("clock", boot, 1, "'t_ns':1,'utc':'2026-01-05T" + hour + ":00:00Z','error_s':0.1"),
                    late("timing", boot, 2, "'t_ns':2")));
        }
        JsonNode timing = clinician.json("/api/units/late-unit/timing");

        assertThat(timing.path("history")).hasSize(2);
        assertThat(timing.path("latest").path("boot").asText()).isEqualTo("runs");
    }

    private static Message late(String word, String boot, long seq, String fields) {
        Message message =
                message(word, "'boot':'" + boot + "','after_seq':" + (seq - 1) + ",'seq':" + seq + "," + fields);
        return new Message("gait/v1/late-unit/up/" + word, message.payload());
    }

    private static Message step(String boot, long after, long tNs) {
        return message(
                "ev",
                "'boot':'" + boot + "','after_seq':" + after + ",'events':[{'seq':" + (after + 1)
                        + ",'kind':'step','session':'two-boots','t_ns':" + tNs + ",'foot':'L'}]");
    }

    private static Message fault(String boot, long seq, String code, boolean cleared) {
        return message(
                "ev",
                "'boot':'" + boot + "','after_seq':" + (seq - 1) + ",'events':[{'seq':" + seq
                        + ",'kind':'fault','t_ns':" + seq + ",'code':'" + code + "','text':'look at it','cleared':"
                        + cleared + "}]");
    }

    private static Message message(String word, String fields) {
        String payload = "{'v':3," + fields + "}";
        return new Message(
                "gait/v1/two-boots-unit/up/" + word, payload.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static double spm(JsonNode session) {
        return session.path("metrics")
                .path("uncued")
                .path("cadence_spm")
                .path("value")
                .asDouble();
    }
}
