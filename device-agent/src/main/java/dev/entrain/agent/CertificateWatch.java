package dev.entrain.agent;

import dev.entrain.identity.IdentityException;
import dev.entrain.identity.TlsFiles;
import dev.entrain.identity.UnitCertificate;
import dev.entrain.time.WallClock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Looks once an hour whether the unit's own certificate ends within {@value UnitCertificate#WARN_DAYS} days. A unit that does
 * not know what day it is says nothing of it. For one thread.
 */
final class CertificateWatch {
    private static final long AGAIN_NS = 3_600_000_000_000L;

    private final @Nullable TlsFiles files;
    private final WallClock wall;
    private boolean looked;
    private boolean knewTheDay;
    private long lookedNs;
    private String trouble = "";

    /**
     * Makes it.
     *
     * @param files where the certificate is; null without one
     */
    CertificateWatch(@Nullable TlsFiles files, WallClock wall) {
        this.files = files;
        this.wall = wall;
    }

    /** Returns a sentence for a technician while the certificate is to be renewed; empty while it is not. */
    String trouble(long nowNs) {
        Instant today = wall.now();
        boolean knows = WallClock.set(today);
        if (!looked || knows != knewTheDay || nowNs - lookedNs >= AGAIN_NS) {
            looked = true;
            knewTheDay = knows;
            lookedNs = nowNs;
            trouble = look(today);
        }
        return trouble;
    }

    private String look(Instant today) {
        UnitCertificate own = read(files);
        if (own == null || !WallClock.set(today) || own.daysLeft(today) >= UnitCertificate.WARN_DAYS) {
            return "";
        }
        String notice = own.notice(today);
        return notice == null ? "" : notice;
    }

    /** Returns when the unit's own certificate ends; null without one. */
    static @Nullable Instant expires(@Nullable TlsFiles files) {
        UnitCertificate own = read(files);
        return own == null ? null : own.validUntil();
    }

    /** What is wrong with the files the line to the clinic tells. */
    private static @Nullable UnitCertificate read(@Nullable TlsFiles files) {
        if (files == null) {
            return null;
        }
        try {
            return UnitCertificate.read(files.certificate());
        } catch (IdentityException e) {
            Logger.trace("telemetry: no certificate to look at ({})", e.getMessage());
            return null;
        }
    }
}
