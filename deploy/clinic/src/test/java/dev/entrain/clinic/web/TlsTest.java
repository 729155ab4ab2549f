package dev.entrain.clinic.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.clinic.TestDatabase;
import dev.entrain.clinic.store.Database;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestDatabase.class)
class TlsTest {
    private final Database database;

    @TempDir
    private Path folder = Path.of("");

    TlsTest(Database database) {
        this.database = database;
    }

    @Test
    void shouldSpeakHttpsWithItsOwnCertificate() throws Exception {
        WebConfig.Tls files = certificate("page");
        WebConfig config = new WebConfig("127.0.0.1", 0, 0, null, files, null, false, null);
        try (Site site = new Site(database, Site.noon(), config, Duration.ofSeconds(10));
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(trusting(files.certificate()))
                        .build()) {
            URI login = site.server().address().resolve("/api/login");
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(login)
                            .header("X-Entrain", "1")
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"user\":\"clara\",\"password\":\"" + Site.PASSWORD + "\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(login.getScheme()).isEqualTo("https");
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.sslSession())
                    .hasValueSatisfying(
                            session -> assertThat(session.getProtocol()).isEqualTo("TLSv1.3"));
            assertThat(answer.headers().allValues("set-cookie"))
                    .allSatisfy(cookie ->
                            assertThat(cookie).startsWith("__Host-entrain").contains("; Secure"));
            assertThat(answer.headers().firstValue("strict-transport-security")).isPresent();
        }
    }

    @Test
    void shouldSayWhichFilesDoNotFit() throws Exception {
        WebConfig.Tls files = new WebConfig.Tls(
                certificate("one").certificate(), certificate("two").certificate());

        assertThatThrownBy(() -> PemTls.of(files))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("two.pem")
                .hasMessageContaining("PKCS#8");
    }

    private WebConfig.Tls certificate(String name) throws Exception {
        Path certificate = folder.resolve(name + ".pem");
        Path key = folder.resolve(name + ".key");
        Process made = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=127.0.0.1",
                        "-addext",
                        "subjectAltName=IP:127.0.0.1",
                        "-keyout",
                        key.toString(),
                        "-out",
                        certificate.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        assertThat(made.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).isZero();
        return new WebConfig.Tls(certificate, key);
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "page",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
