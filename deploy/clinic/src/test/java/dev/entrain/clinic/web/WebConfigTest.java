package dev.entrain.clinic.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WebConfigTest {
    private static final WebConfig.Tls TLS = new WebConfig.Tls(Path.of("page.pem"), Path.of("page.key"));

    @Test
    void shouldRefuseLogInsInTheOpen() {
        assertThatThrownBy(() -> new WebConfig("0.0.0.0", 80, 0, null, null, null, false, null))
                .hasMessageContaining("certificate");
        assertThatThrownBy(() -> new WebConfig("127.0.0.1", 80, 0, null, null, null, false, null))
                .hasMessageContaining("insecure_loopback");
        assertThatThrownBy(() -> new WebConfig("192.0.2.1", 80, 0, null, null, null, true, null))
                .hasMessageContaining("this computer alone");
        assertThatThrownBy(() -> new WebConfig(
                        "127.0.0.1", 80, 0, URI.create("http://clinic.example"), null, "127.0.0.1", false, null))
                .hasMessageContaining("begins with https");
    }

    @Test
    void shouldNameTheCookieSoThatBrowsersGuardItWithHttps() {
        assertThat(new WebConfig("0.0.0.0", 443, 0, null, TLS, null, false, null).cookie())
                .isEqualTo("__Host-entrain");
        assertThat(WebConfig.demonstration(null).cookie()).isEqualTo("entrain");
    }
}
