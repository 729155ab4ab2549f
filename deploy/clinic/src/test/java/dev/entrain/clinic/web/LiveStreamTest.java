package dev.entrain.clinic.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.clinic.HandClock;
import dev.entrain.clinic.TestDatabase;
import dev.entrain.clinic.store.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveStreamTest {
    private final HandClock clock = Site.noon();
    private final Site site;

    LiveStreamTest(Database database) throws Exception {
        site = new Site(database, clock, WebConfig.demonstration(null), Duration.ofMillis(200));
        site.sql.update("INSERT INTO unit (unit) VALUES ('u-1'), ('u-2') ON CONFLICT DO NOTHING");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void shouldShowWhatTheUnitSaysAndNoOtherUnit() throws Exception {
        Browser browser = site.loggedIn(Site.TECHNICIAN);
        HttpResponse<InputStream> stream = browser.open("/api/units/u-1/live");
        assertThat(stream.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(stream.headers().firstValue("content-encoding")).isEmpty();
        BufferedReader lines = lines(stream);
        awaitListeners(1);

        site.publish("u-2", "state", "{\"other\":1}");
        site.publish("u-1", "state", "{\"text\":\"grüße 歩\"}");
        site.publish("u-1", "ev", "{\"events\":[]}");

        assertThat(until(lines, "data: {\"events\""))
                .containsSubsequence(
                        "event: state", "data: {\"text\":\"grüße 歩\"}", "event: ev", "data: {\"events\":[]}")
                .doesNotContain("data: {\"other\":1}");
        stream.body().close();
    }

    @Test
    void shouldTellNobodyHowSongsAreCalled() throws Exception {
        Browser browser = site.loggedIn(Site.TECHNICIAN);
        HttpResponse<InputStream> stream = browser.open("/api/units/u-1/live");
        BufferedReader lines = lines(stream);
        awaitListeners(1);

        site.publish(
                "u-1", "ev", "{\"events\":[{\"kind\":\"song\",\"title\":\"Kettle \\\"x\\\" märch\",\"beats\":3}]}");
        site.publish("u-1", "session", "{\"songs\":[{\"title\" : \"Kettle\"},{\"beats\":4,\"title\":\"Kettle\"}]}");
        site.publish("u-1", "log", "{\"part\":1,\"text\":\"Music: next is Kettle (liked)\\nMusic: 3 songs\"}");
        site.publish("u-1", "ev", "{\"cut\":1,\"title\":\"Kettle");

        assertThat(until(lines, "data: {\"cut\""))
                .contains(
                        "data: {\"events\":[{\"kind\":\"song\",\"beats\":3}]}",
                        "data: {\"songs\":[{},{\"beats\":4}]}",
                        "data: {\"part\":1,\"text\":\"Music: next is a song\\nMusic: 3 songs\"}")
                .noneMatch(line -> line.contains("Kettle"));
        stream.body().close();
    }

    @Test
    void shouldBeatWhileNothingHappensAndKeepTheLogInAwake() throws Exception {
        Browser browser = site.loggedIn(Site.CLINICIAN);
        HttpResponse<InputStream> stream = browser.open("/api/units/u-1/live");
        BufferedReader lines = lines(stream);
        for (int i = 0; i < 3; i++) {
            clock.pass(Duration.ofMinutes(20));
            // One beat may have looked before the clock moved; the second has not.
            until(lines, "alive");
            until(lines, "alive");
        }

        assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
        stream.body().close();
    }

    @Test
    void shouldEndWithTheLogIn() throws Exception {
        Browser browser = site.loggedIn(Site.CLINICIAN);
        BufferedReader lines = lines(browser.open("/api/units/u-1/live"));
        awaitListeners(1);
        browser.send(browser.post("/api/logout", "{}"));
        assertThat(until(lines, "never")).contains("event: logged_out");
        awaitListeners(0);

        Browser idle = site.loggedIn(Site.CLINICIAN);
        BufferedReader more = lines(idle.open("/api/units/u-1/live"));
        clock.pass(Duration.ofHours(13));
        assertThat(until(more, "event: logged_out")).contains("event: logged_out");
        awaitListeners(0);
        assertThat(site.server().viewers()).isZero();
    }

    @Test
    void shouldRefuseMoreStreamsThanALogInNeeds() throws Exception {
        Browser browser = site.loggedIn(Site.CLINICIAN);
        List<HttpResponse<InputStream>> open = new ArrayList<>();
        for (int i = 0; i < LiveStreams.MOST_OF_LOGIN; i++) {
            open.add(browser.open("/api/units/u-1/live"));
        }
        awaitListeners(LiveStreams.MOST_OF_LOGIN);
        HttpResponse<InputStream> refused = browser.open("/api/units/u-1/live");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        for (HttpResponse<InputStream> stream : open) {
            stream.body().close();
        }
        awaitListeners(0);
    }

    @Test
    void shouldLoseTheOldestStateOfASlowViewerAndTellHim() throws Exception {
        ViewerQueue queue = new ViewerQueue();
        queue.add("session", bytes("{\"first\":1}"));
        for (int i = 0; i < ViewerQueue.ROOM + 9; i++) {
            queue.add("state", bytes("{\"i\":" + i + "}"));
        }

        assertThat(queue.next(1)).isEqualTo(new ViewerQueue.Event("lost", "{\"count\":10}"));
        assertThat(queue.next(1)).isEqualTo(new ViewerQueue.Event("session", "{\"first\":1}"));
        assertThat(queue.next(1)).isEqualTo(new ViewerQueue.Event("state", "{\"i\":10}"));
        queue.close();
        queue.add("state", bytes("{}"));
        assertThat(queue.next(TimeUnit.SECONDS.toNanos(30))).isNull();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static BufferedReader lines(HttpResponse<InputStream> stream) {
        assertThat(stream.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
    }

    /** Reads up to a line that holds the text, or to the end of the stream. */
    private static List<String> until(BufferedReader lines, String text) throws IOException {
        List<String> read = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.add(line);
            if (line.contains(text)) {
                break;
            }
        }
        return read;
    }

    private void awaitListeners(int count) {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (site.listeners() != count && System.nanoTime() - endNs < 0) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(site.listeners()).isEqualTo(count);
    }
}
