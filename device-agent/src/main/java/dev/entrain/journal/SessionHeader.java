package dev.entrain.journal;

import dev.entrain.outcome.SessionData;
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
 * @param open the block that goes on, its end not a number; null between blocks and after the end
 * @param end how it ended; null while it goes on, or if the unit never said
 */
public record SessionHeader(
        String id,
        String programme,
        String condition,
        Instant startedUtc,
        double baselineSpm,
        boolean simulated,
        SessionData.@Nullable BlockSpan open,
        SessionEvent.@Nullable End end) {
    /** Returns the same with a baseline. */
    public SessionHeader withBaseline(double spm) {
        return new SessionHeader(id, programme, condition, startedUtc, spm, simulated, open, end);
    }

    /** Returns the same in a block, or in none. */
    public SessionHeader in(SessionData.@Nullable BlockSpan block) {
        return new SessionHeader(id, programme, condition, startedUtc, baselineSpm, simulated, block, end);
    }

    /** Returns the same, ended. */
    public SessionHeader ended(SessionEvent.End how) {
        return new SessionHeader(id, programme, condition, startedUtc, baselineSpm, simulated, null, how);
    }
}
