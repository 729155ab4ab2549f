package dev.entrain.journal;

import dev.entrain.session.SessionEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What {@code session.json} says of a session.
 *
 * @param id random name, [a-z0-9-]{1,64}
 * @param programme the programme's name
 * @param condition lower case
 * @param startedUtc wall time of the start, as far as the unit knew it
 * @param baselineSpm C0, steps/min; NaN while it is not known
 * @param simulated whether a simulated patient walked
 * @param end how it ended; null while it goes on, or if the unit never said
 */
public record SessionHeader(
        String id,
        String programme,
        String condition,
        Instant startedUtc,
        double baselineSpm,
        boolean simulated,
        SessionEvent.@Nullable End end) {
    /** Returns the same with a baseline. */
    public SessionHeader withBaseline(double spm) {
        return new SessionHeader(id, programme, condition, startedUtc, spm, simulated, end);
    }

    /** Returns the same, ended. */
    public SessionHeader ended(SessionEvent.End how) {
        return new SessionHeader(id, programme, condition, startedUtc, baselineSpm, simulated, how);
    }
}
