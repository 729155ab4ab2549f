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
        SessionEvent.@Nullable End end) {}
