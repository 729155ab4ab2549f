package dev.entrain.clinic.store;

import dev.entrain.clinic.Unit;
import org.jspecify.annotations.Nullable;

/** What a unit says of itself beside its records; storing it twice changes nothing. */
public sealed interface UnitNews permits UnitNews.Newest, UnitNews.Answer, UnitNews.LogPart {
    /** Returns who says it. */
    Unit unit();

    /** Which newest thing. */
    enum Kind {
        /** Versions, schemas, configuration hash. */
        BIRTH,
        /** On line or not; may be the last will. */
        STATUS,
        /** What configuration the unit runs. */
        REPORTED,
        /** The walk now. */
        STATE
    }

    /**
     * The newest of its kind replaces the one before.
     *
     * @param boot the boot that says it
     * @param conn for a status, the connection within the boot; else 0
     * @param body the payload, JSON
     */
    record Newest(Unit unit, Kind kind, String boot, long conn, String body) implements UnitNews {}

    /**
     * What became of a command.
     *
     * @param id of the command, or null if it had none that could be read
     * @param body the payload, JSON
     */
    record Answer(Unit unit, String boot, @Nullable Long id, String body) implements UnitNews {}

    /** A part of the agent's log. */
    record LogPart(Unit unit, String boot, long id, int part, int parts, String text) implements UnitNews {}
}
