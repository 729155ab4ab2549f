package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.identity.ClinicAuthority;
import dev.entrain.identity.TlsFiles;
import dev.entrain.identity.UnitCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateWatchTest {
    private static final long HOUR_NS = 3_600_000_000_000L;

    @TempDir
    static Path dir;

    private Instant today = Instant.EPOCH;

    @Test
    void shouldTellWhenUnderThirtyDaysAreLeftButNotBeforeItKnowsTheDay() throws Exception {
        TlsFiles files = new ClinicAuthority(dir.resolve("authority")).unit(dir.resolve("state"), "unit-1");
        Instant ends = UnitCertificate.read(files.certificate()).validUntil();
        CertificateWatch watch = new CertificateWatch(files, () -> today);
        assertThat(CertificateWatch.expires(files)).isEqualTo(ends);
        assertThat(watch.trouble(0)).isEmpty();
        today = ends.minus(Duration.ofDays(40));
        assertThat(watch.trouble(1)).isEmpty();
        today = ends.minus(Duration.ofDays(29));
        assertThat(watch.trouble(HOUR_NS - 1)).isEmpty();
        assertThat(watch.trouble(HOUR_NS + 1)).contains("entrain identity renew", "29 days");
    }

    @Test
    void shouldHaveNothingToSayWithoutACertificate() {
        assertThat(new CertificateWatch(null, () -> Instant.EPOCH).trouble(0)).isEmpty();
        assertThat(CertificateWatch.expires(null)).isNull();
    }
}
