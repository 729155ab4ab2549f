package dev.entrain.clinic.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.clinic.HandClock;
import dev.entrain.clinic.TestDatabase;
import dev.entrain.clinic.store.Database;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestDatabase.class)
class LogInTest {
    private final HandClock clock = Site.noon();
    private final Database database;
    private final Site site;

    LogInTest(Database database) throws Exception {
        this.database = database;
        site = new Site(database, clock, null);
    }

    @BeforeEach
    void forgetsFailures() {
        site.sql.update("DELETE FROM login_failure");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void shouldLogInAndOut() throws Exception {
        Browser browser = site.browser();
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);

        HttpResponse<String> in = browser.logIn(Site.CLINICIAN, Site.PASSWORD);
        assertThat(in.statusCode()).isEqualTo(204);
        assertThat(browser.json("/api/me").toString()).isEqualTo("{\"user\":\"clara\",\"role\":\"clinician\"}");

        String kept = browser.cookies.get("entrain");
        assertThat(browser.send(browser.post("/api/logout", "{}")).statusCode()).isEqualTo(204);
        assertThat(browser.cookies).doesNotContainKey("entrain");
        browser.cookies.put("entrain", String.valueOf(kept));
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldSayTheSameForAWrongPasswordAndForNobody() throws Exception {
        HttpResponse<String> wrong = site.browser().logIn(Site.CLINICIAN, "not this one at all");
        HttpResponse<String> nobody = site.browser().logIn("mallory", "not this one at all");

        assertThat(wrong.statusCode()).isEqualTo(401).isEqualTo(nobody.statusCode());
        assertThat(wrong.body()).isEqualTo(nobody.body()).contains("\"what_to_do\"");
        assertThat(wrong.headers().firstValue("set-cookie")).isEmpty();
    }

    @Test
    void shouldGiveANewSecretAtEachLogIn() throws Exception {
        Browser browser = site.browser();
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            browser.logIn(Site.CLINICIAN, Site.PASSWORD);
            secrets.add(String.valueOf(browser.cookies.get("entrain")));
        }
        assertThat(secrets).hasSize(3);
        for (String secret : secrets) {
            Browser old = site.browser();
            old.cookies.put("entrain", secret);
            boolean newest = secret.equals(browser.cookies.get("entrain"));
            assertThat(old.get("/api/me").statusCode()).isEqualTo(newest ? 200 : 401);
        }
    }

    @Test
    void shouldKeepTheSecretFromScriptsAndOtherSites() throws Exception {
        Browser browser = site.loggedIn(Site.CLINICIAN);

        assertThat(browser.setCookies)
                .hasSize(2)
                .allSatisfy(cookie -> assertThat(cookie)
                        .contains("; HttpOnly")
                        .contains("; SameSite=Strict")
                        .contains("; Path=/")
                        .doesNotContain("Domain"));
        WebConfig https =
                new WebConfig("127.0.0.1", 0, 0, URI.create("https://clinic.example"), null, "127.0.0.1", false, null);
        try (Site secure = new Site(database, clock, https, Duration.ofSeconds(10))) {
            Browser other = secure.loggedIn(Site.CLINICIAN);
            assertThat(other.setCookies)
                    .allSatisfy(cookie -> assertThat(cookie)
                            .startsWith("__Host-entrain")
                            .contains("; Secure")
                            .contains("; Path=/;"));
            assertThat(other.get("/api/me").headers().firstValue("strict-transport-security"))
                    .contains("max-age=31536000");
        }
    }

    @Test
    void shouldAnswerAGuesserWithAWaitAndLetHimTryAfterIt() throws Exception {
        Browser browser = site.browser();
        HttpResponse<String> last = browser.logIn(Site.CLINICIAN, "guess number 0");
        for (int i = 1; i < 7; i++) {
            last = browser.logIn(Site.CLINICIAN, "guess number " + i);
        }
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.headers().firstValue("retry-after")).contains("1");
        assertThat(last.body()).contains("Wait 1 s");

        clock.pass(Duration.ofSeconds(1));
        assertThat(browser.logIn(Site.CLINICIAN, Site.PASSWORD).statusCode()).isEqualTo(204);
    }

    @Test
    void shouldEndALogInThatNobodyUses() throws Exception {
        Browser browser = site.loggedIn(Site.CLINICIAN);
        clock.pass(Duration.ofMinutes(29));
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
        clock.pass(Duration.ofMinutes(31));
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldShareLogInsBetweenServersOfOneDatabase() throws Exception {
        Browser here = site.loggedIn(Site.TECHNICIAN);
        try (Site other = new Site(database, clock, null)) {
            Browser there = other.browser();
            there.cookies.putAll(here.cookies);
            assertThat(there.json("/api/me").path("user").asText()).isEqualTo(Site.TECHNICIAN);

            there.send(there.post("/api/logout", "{}"));
            assertThat(here.get("/api/me").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void shouldRefuseWhatAnotherSiteSendsInAViewersName() throws Exception {
        Browser browser = site.loggedIn(Site.CLINICIAN);
        HttpRequest.Builder bare = browser.request("/api/logout").POST(HttpRequest.BodyPublishers.noBody());
        assertThat(browser.send(bare).statusCode()).isEqualTo(403);
        for (String[] header : new String[][] {
            {"Origin", "https://evil.example"},
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"},
            {"Origin", "null"}
        }) {
            HttpResponse<String> refused =
                    browser.send(browser.post("/api/logout", "{}").header(header[0], header[1]));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("own page");
        }
        String own = site.server().address().toString().replaceFirst("/$", "");
        assertThat(browser.send(browser.post("/api/logout", "{}")
                                .header("Origin", own)
                                .header("Sec-Fetch-Site", "same-origin"))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void shouldBeReachedByItsOwnNameOnly() throws Exception {
        String answer = raw("GET /api/me HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 421 ").contains("not reached by that name");
        assertThat(raw("GET /api/me HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void shouldTellBrowsersToBeCareful() throws Exception {
        HttpResponse<String> answer = site.loggedIn(Site.CLINICIAN).get("/api/me");

        assertThat(answer.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'self'")
                        .contains("frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
        assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(answer.headers().firstValue("referrer-policy")).contains("no-referrer");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(answer.headers().firstValue("server")).isEmpty();
        assertThat(site.browser().get("/api/me").headers().firstValue("content-security-policy"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "null",
                "{\"user\":1,\"password\":2}",
                "{\"user\":\"a\",\"user\":\"b\",\"password\":\"c\"}",
                "{\"user\":\"clara\"}",
            })
    void shouldRefuseABodyThatIsNone(String body) throws Exception {
        HttpResponse<String> answer = site.browser().send(site.browser().post("/api/login", body));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("\"error\"")
                .doesNotContain("Exception")
                .doesNotContain("jackson");
    }

    @Test
    void shouldRefuseWhatIsTooLarge() throws Exception {
        Browser browser = site.browser();
        assertThat(browser.logIn("a".repeat(60_000), "b").statusCode()).isEqualTo(413);
        assertThat(browser.logIn("a".repeat(100), "b").statusCode()).isEqualTo(400);
        assertThat(browser.send(browser.request("/api/me").header("X-Long", "a".repeat(20_000)))
                        .statusCode())
                .isEqualTo(431);
        assertThat(browser.send(browser.post("/api/login", "[".repeat(10_000))).statusCode())
                .isEqualTo(400);
    }

    private String raw(String request) throws Exception {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), site.server().address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
