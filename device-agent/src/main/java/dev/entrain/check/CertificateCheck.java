package dev.entrain.check;

import dev.entrain.identity.IdentityException;
import dev.entrain.identity.TlsContext;
import dev.entrain.identity.TlsFiles;
import dev.entrain.identity.UnitCertificate;
import dev.entrain.telemetry.TelemetryConfig;
import dev.entrain.time.WallClock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Whether the unit can prove who it is: files, dates, and that key and certificate belong together. Sends nothing. */
public final class CertificateCheck implements Check {
    private static final String AREA = "certificate";

    private final TelemetryConfig telemetry;
    private final WallClock wall;

    /** Makes one. */
    public CertificateCheck(TelemetryConfig telemetry, WallClock wall) {
        this.telemetry = telemetry;
        this.wall = wall;
    }

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public List<Finding> look() {
        TlsFiles tls = telemetry.tls();
        if (tls == null) {
            return List.of(Finding.skipped(AREA, "unit", "none: the broker is spoken to without TLS"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(unit(tls));
        findings.add(authority(tls));
        return findings;
    }

    private Finding unit(TlsFiles tls) {
        try {
            UnitCertificate own = UnitCertificate.read(tls.certificate());
            TlsContext.of(tls, telemetry.unit());
            Instant now = wall.now();
            String notice = own.notice(now);
            if (notice == null) {
                return Finding.ok(
                        AREA, "unit", own.name() + ", until " + day(own) + " (" + own.daysLeft(now) + " days)");
            }
            if (now.isBefore(own.validFrom())) {
                return Finding.fail(
                        AREA,
                        "unit",
                        own.name() + ", valid only from "
                                + own.validFrom().atOffset(ZoneOffset.UTC).toLocalDate(),
                        "The unit's clock is most likely behind (see time): connect it to the network; else ask the clinic");
            }
            boolean over = now.isAfter(own.validUntil());
            String step =
                    "entrain identity renew --config FILE, let the clinic's authority sign it, entrain identity accept";
            return over
                    ? Finding.fail(AREA, "unit", own.name() + ", ended on " + day(own), step)
                    : Finding.warn(
                            AREA,
                            "unit",
                            own.name() + ", ends on " + day(own) + ", in " + own.daysLeft(now) + " days",
                            step);
        } catch (IdentityException e) {
            return Words.fail(AREA, "unit", String.valueOf(e.getMessage()), "entrain identity show --config FILE");
        }
    }

    private Finding authority(TlsFiles tls) {
        try {
            UnitCertificate authority = UnitCertificate.read(tls.authority());
            Instant now = wall.now();
            String value = authority.name() + ", until " + day(authority) + " (" + authority.daysLeft(now) + " days)";
            String step =
                    "The clinic makes a new authority and hands out clinic-ca.pem; put it where [telemetry] ca says";
            if (now.isAfter(authority.validUntil())) {
                return Finding.fail(AREA, "clinic", value, step);
            }
            return authority.daysLeft(now) < UnitCertificate.WARN_DAYS
                    ? Finding.warn(AREA, "clinic", value, step)
                    : Finding.ok(AREA, "clinic", value);
        } catch (IdentityException e) {
            return Words.fail(AREA, "clinic", String.valueOf(e.getMessage()), "Put the clinic's clinic-ca.pem there");
        }
    }

    private static String day(UnitCertificate certificate) {
        return certificate.validUntil().atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
