package dev.entrain.report;

import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionSummary;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report is made of.
 *
 * @param data the session's facts
 * @param summary its figures
 * @param past figures of all sessions to compare with, this one among them, oldest first
 * @param prescription what was prescribed; null if not known
 * @param unit name of the unit; empty if not known
 * @param zone where dates and hours are told
 */
public record SessionReport(
        SessionData data,
        SessionSummary summary,
        List<SessionSummary> past,
        @Nullable Prescription prescription,
        String unit,
        ZoneId zone) {
    /** Copies the list. */
    public SessionReport {
        past = List.copyOf(past);
    }

    /**
     * What adherence is counted against.
     *
     * @param title the programme's title
     * @param sessionsPerWeek prescribed
     * @param cuedMinutes minutes of cued blocks in one session, if all are walked in full
     */
    public record Prescription(String title, double sessionsPerWeek, double cuedMinutes) {
        /** Returns prescribed cued minutes a week. */
        public double cuedMinutesPerWeek() {
            return sessionsPerWeek * cuedMinutes;
        }
    }
}
