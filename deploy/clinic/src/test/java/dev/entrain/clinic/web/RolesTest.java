package dev.entrain.clinic.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.clinic.TestDatabase;
import dev.entrain.clinic.sample.SampleData;
import dev.entrain.clinic.store.Database;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {
    private static final List<String> NASTY = List.of(
            "'; DROP TABLE account; --",
            "' OR '1'='1",
            "../../etc/passwd",
            "..%2f..%2fetc%2fpasswd",
            "\u0000",
            "%00",
            "a".repeat(3_000),
            "\ud83d\udca5",
            "-1",
            "99999999999999999999",
            "1e9",
            "NaN",
            "<script>alert(1)</script>");

    /** Numbers of commands begin with the time, ms, as those of the command line do. */
    private final long number = Site.noon().instant().toEpochMilli();

    private final Site site;
    private final String session;
    private Browser clinician = new Browser(URI.create("http://127.0.0.1/"));
    private Browser technician = clinician;

    RolesTest(Database database) throws Exception {
        site = new Site(database, Site.noon(), null);
        session = new SampleData(database).write(2, 6, site.clock.instant()).detailed();
    }

    @Test
    void shouldTellNobodyByHeadWhichUnitsThereAre() throws Exception {
        try (HttpClient anybody = HttpClient.newHttpClient()) {
            for (String unit : List.of("sample-1", "nobody")) {
                HttpRequest head = HttpRequest.newBuilder(
                                site.server().address().resolve("/api/units/" + unit + "/live"))
                        .HEAD()
                        .build();
                assertThat(anybody.send(head, HttpResponse.BodyHandlers.discarding())
                                .statusCode())
                        .as(unit)
                        .isEqualTo(404);
            }
        }
    }

    @BeforeAll
    void logIn() throws Exception {
        clinician = site.loggedIn(Site.CLINICIAN);
        technician = site.loggedIn(Site.TECHNICIAN);
    }

    @AfterAll
    void close() {
        site.close();
    }

    @Test
    void shouldOpenEachRouteToItsRolesAlone() throws Exception {
        for (Api.Route route : site.server().routes()) {
            if (route.path().equals("/api/login") || route.path().equals("/api/logout")) {
                continue;
            }
            String path = route.path()
                    .replace("{unit}", "sample-1")
                    .replace("{code}", "SAMPLE-1")
                    .replace("{session}", session);
            int nobody = ask(site.browser(), route, path);
            int byTechnician = ask(technician, route, path);
            int byClinician = ask(clinician, route, path);

            assertThat(nobody).as(route.path()).isEqualTo(401);
            assertThat(byClinician).as(route.path()).isEqualTo(200);
            assertThat(byTechnician).as(route.path()).isEqualTo(route.access() == Access.CLINICIAN ? 403 : 200);
        }
        assertThat(site.server().routes().stream()
                        .filter(route -> route.access() == Access.ANYBODY)
                        .map(Api.Route::path))
                .containsExactly("/api/login");
        assertThat(site.server().routes().stream()
                        .filter(route -> route.access() == Access.CLINICIAN)
                        .map(Api.Route::path))
                .containsExactly(
                        "/api/units/{unit}/patient",
                        "/api/units/{unit}/patient",
                        "/api/patients",
                        "/api/patients/{code}/trend",
                        "/api/patients/{code}/music");
        assertThat(site.browser().get("/api/units/sample-1/live").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldNeverTellATechnicianAPatientsCode() throws Exception {
        for (String path : List.of(
                "/api/units",
                "/api/units/sample-1",
                "/api/sessions",
                "/api/sessions?unit=sample-1",
                "/api/sessions/" + session,
                "/api/sessions/" + session + "/records",
                "/api/units/sample-1/timing")) {
            assertThat(technician.get(path).body())
                    .as(path)
                    .doesNotContain("SAMPLE-")
                    .doesNotContain("\"patient\":");
        }
        assertThat(clinician.get("/api/units").body()).contains("\"patient\":\"SAMPLE-1\"");
        HttpResponse<String> byCode = technician.get("/api/sessions?patient=SAMPLE-1");
        assertThat(byCode.statusCode()).isEqualTo(403);
    }

    @Test
    void shouldTellTitlesOfSongsToCliniciansAlone() throws Exception {
        site.sql.update(
                "INSERT INTO session_song (session_id, place, hash, title, start_s, end_s)"
                        + " SELECT session_id, 100, '0123456789abcdef', 'Kettle march', 1, 2 FROM session WHERE session = ?",
                session);
        site.sql.update(
                "INSERT INTO record (boot_id, seq, kind, session_id, t_ns, body) SELECT boot_id, 99999, 'song', session_id,"
                        + " started_ns + 5, '{\"hash\":\"0123456789abcdef\",\"title\":\"Kettle march\"}' FROM session"
                        + " WHERE session = ?",
                session);
        for (String path : List.of("/api/sessions/" + session, "/api/sessions/" + session + "/records")) {
            assertThat(clinician.get(path).body()).as(path).contains("\"hash\":", "\"title\":");
            assertThat(technician.get(path).body())
                    .as(path)
                    .contains("\"hash\":")
                    .doesNotContain("title")
                    .doesNotContain("Kettle");
        }
    }

    @Test
    void shouldLetATechnicianIdentifyButNotStart() throws Exception {
        for (Map.Entry<String, Integer> command : Map.of(
                        "identify", 200, "send_logs", 200, "start", 403, "stop", 403, "format", 400)
                .entrySet()) {
            HttpRequest.Builder request =
                    technician.post("/api/units/sample-2/commands", "{\"command\":\"" + command.getKey() + "\"}");
            assertThat(technician.send(request).statusCode())
                    .as(command.getKey())
                    .isEqualTo(command.getValue());
        }
        HttpResponse<String> started =
                clinician.send(clinician.post("/api/units/sample-2/commands", "{\"command\":\"start\"}"));
        assertThat(Browser.body(started).path("id").asLong()).isEqualTo(number + 2);
        assertThat(site.sent)
                .anySatisfy(sent -> assertThat(sent).startsWith("sample-2 ").endsWith(" " + (number + 2) + " start"));
        JsonNode answers = clinician.json("/api/units/sample-2/answers");
        assertThat(answers).hasSize(3);
        assertThat(answers.path(0).path("asked").asText()).isNotEmpty();
    }

    @Test
    void shouldWriteDownWhoReadWhat() throws Exception {
        clinician.json("/api/patients/SAMPLE-2/trend");
        clinician.json("/api/sessions/" + session + "/records");

        List<String> lines =
                site.sql.query("SELECT name || ' ' || what || ' ' || detail FROM audit", row -> row.getString(1));
        assertThat(lines)
                .anySatisfy(
                        line -> assertThat(line).startsWith("clara read_trend").contains("SAMPLE-2"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("clara read_records").contains(session))
                .anySatisfy(line -> assertThat(line).startsWith("clara login"));
    }

    @Test
    void shouldWriteDownOnceWhatAPageReadsAgainAndAgainAndWhatWasDenied() throws Exception {
        Browser tom = site.loggedIn(Site.TECHNICIAN);
        for (int i = 0; i < 3; i++) {
            clinician.json("/api/units/sample-1");
            assertThat(tom.get("/api/patients").statusCode()).isEqualTo(403);
        }

        assertThat(site.sql.query(
                        "SELECT detail FROM audit WHERE name = 'clara' AND what = 'read_patients'"
                                + " AND detail->>'unit' = 'sample-1' AND detail->>'patient' IS NOT NULL",
                        row -> row.getString(1)))
                .hasSize(1);
        assertThat(site.sql.query(
                        "SELECT detail->>'asked' FROM audit WHERE what = 'denied' AND detail->>'asked' = 'GET /api/patients'",
                        row -> row.getString(1)))
                .hasSize(1);
    }

    @Test
    void shouldGiveAUnitToAPatientFromNowOn() throws Exception {
        assertThat(assign("{\"code\":\"NEW-7\"}").body()).isEqualTo("{\"code\":\"NEW-7\"}");
        assertThat(clinician.json("/api/sessions?patient=NEW-7")).isEmpty();
        assertThat(clinician.json("/api/sessions?patient=SAMPLE-3")).isNotEmpty();
        assertThat(assign("{\"code\":null}").body()).isEqualTo("{}");
        assertThat(clinician.json("/api/units/sample-3/patient").toString()).isEqualTo("{}");
        assertThat(assign("{\"code\":\"Ada Lovelace\"}").statusCode()).isEqualTo(400);
        assertThat(assign("{}").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldKeepAPatientsPastWhenTheClinicsClockWasSetBack() throws Exception {
        assign("sample-2", "{\"code\":\"OLD-6\"}");
        try {
            // Assigned while the clock was a day ahead.
            site.sql.update(
                    "UPDATE assignment SET from_utc = ? WHERE code = 'OLD-6'",
                    site.clock.instant().plus(Duration.ofDays(1)));
            assertThat(assign("sample-2", "{\"code\":\"NEW-8\"}").statusCode()).isEqualTo(200);
            assertThat(site.sql.query("""
                            SELECT count(*) FROM assignment a JOIN assignment b USING (unit)
                            WHERE a.code = 'OLD-6' AND b.code = 'NEW-8' AND a.to_utc <= b.from_utc
                            """, row -> row.getInt(1))).containsExactly(1);
        } finally {
            site.sql.update("DELETE FROM assignment WHERE code IN ('OLD-6', 'NEW-8')");
            site.sql.update("UPDATE assignment SET to_utc = NULL WHERE unit = 'sample-2'");
        }
    }

    @Test
    void shouldTakeNothingInAnAddressForSql() throws Exception {
        for (String nasty : NASTY) {
            String encoded = URLEncoder.encode(nasty, StandardCharsets.UTF_8);
            for (String path : List.of(
                    "/api/units/" + encoded,
                    "/api/units/" + encoded + "/timing",
                    "/api/patients/" + encoded + "/trend",
                    "/api/patients/" + encoded + "/music",
                    "/api/patients/SAMPLE-1/music?weeks=" + encoded,
                    "/api/patients/SAMPLE-1/trend?weeks=" + encoded,
                    "/api/sessions/" + encoded,
                    "/api/sessions/" + session + "/records?after=" + encoded,
                    "/api/sessions?unit=" + encoded,
                    "/api/sessions?patient=" + encoded,
                    "/api/sessions?before=" + encoded,
                    "/api/sessions?limit=" + encoded,
                    "/api/units?after=" + encoded)) {
                HttpResponse<String> answer = clinician.get(path);
                assertThat(answer.statusCode()).as(path).isIn(200, 400, 404, 414, 431);
                assertThat(answer.body()).as(path).doesNotContain("Exception").doesNotContain("SELECT");
            }
        }
        assertThat(clinician.json("/api/units")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/nothing", "/api/units/no-such-unit", "/api/sessions/no-such", "/api/patients/NOBODY/trend"
            })
    void shouldSayInJsonWhatIsNotThere(String path) throws Exception {
        HttpResponse<String> answer = clinician.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Browser.body(answer).path("error").asText()).isNotEmpty();
        assertThat(Browser.body(answer).path("what_to_do").asText()).isNotEmpty();
    }

    private HttpResponse<String> assign(String body) throws Exception {
        return assign("sample-3", body);
    }

    private HttpResponse<String> assign(String unit, String body) throws Exception {
        return clinician.send(clinician.post("/api/units/" + unit + "/patient", body));
    }

    private static int ask(Browser browser, Api.Route route, String path) throws Exception {
        if (route.method().equals(HandlerType.GET)) {
            return browser.get(path).statusCode();
        }
        String body = path.endsWith("commands") ? "{\"command\":\"identify\"}" : "{\"code\":\"SAMPLE-1\"}";
        return browser.send(browser.post(path, body)).statusCode();
    }
}
