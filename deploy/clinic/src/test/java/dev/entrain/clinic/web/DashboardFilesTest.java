package dev.entrain.clinic.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.clinic.TestDatabase;
import dev.entrain.clinic.store.Database;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestDatabase.class)
class DashboardFilesTest {
    private final Site site;

    DashboardFilesTest(Database database, @TempDir Path folder) throws Exception {
        Path dist = Files.createDirectory(folder.resolve("dist"));
        Files.writeString(dist.resolve("index.html"), "<!doctype html><title>Entrain</title>");
        Files.writeString(dist.resolve("main.js"), "export const x = 1;");
        Files.writeString(dist.resolve("chart-A1B2C3D4.js"), "export const y = 2;");
        Files.writeString(dist.resolve("secret.pem"), "nobody's business");
        Files.writeString(folder.resolve("outside.txt"), "nobody's business");
        site = new Site(database, Site.noon(), dist);
    }

    @Test
    void shouldServeThePageWithItsTypeAndAskAnewWhetherItChanged() throws Exception {
        try (site) {
            Browser browser = site.browser();
            HttpResponse<String> page = browser.get("/");
            assertThat(page.body()).contains("<title>Entrain");
            assertThat(page.headers().firstValue("content-type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/html;"));
            assertThat(page.headers().firstValue("content-security-policy")).isPresent();
            assertThat(browser.send(browser.request("/").HEAD()).statusCode()).isEqualTo(200);
            HttpResponse<String> script = browser.get("/main.js");
            assertThat(script.headers().firstValue("content-type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/javascript;"));
            assertThat(script.headers().firstValue("cache-control")).contains("no-cache");
            String etag = script.headers().firstValue("etag").orElseThrow();
            assertThat(browser.send(browser.request("/main.js").header("If-None-Match", etag))
                            .statusCode())
                    .isEqualTo(304);
            assertThat(browser.get("/chart-A1B2C3D4.js").headers().firstValue("cache-control"))
                    .hasValueSatisfying(cache -> assertThat(cache).contains("immutable"));
            assertThat(browser.get("/patients/SAMPLE-1").body()).contains("<title>Entrain");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secret.pem",
                "/../outside.txt",
                "/..%2foutside.txt",
                "/%2e%2e/outside.txt",
                "/./../outside.txt",
                "/no.js",
                "/.hidden.js",
                "//outside.txt",
                "/dist/../../outside.txt",
                "/main.js%00.html"
            })
    void shouldServeNothingElse(String path) throws Exception {
        try (site) {
            HttpResponse<String> answer = site.browser().get(site.server().address() + path.substring(1));

            assertThat(answer.statusCode()).isIn(400, 404);
            assertThat(answer.body()).doesNotContain("nobody's business");
        }
    }

    @Test
    void shouldSayHowToBuildAPageThatIsNotThere(@TempDir Path empty) {
        try (site) {
            assertThatThrownBy(() -> DashboardFiles.read(empty))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("npm run build");
        }
    }
}
