package dev.entrain.clinic.web;

import dev.entrain.clinic.Unit;
import dev.entrain.clinic.sql.Sql;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** Numbers commands, keeps that they were asked for, and sends them. Thread-safe. */
final class Commands {
    private final Sql sql;
    private final InstantSource clock;
    private final @Nullable CommandSender sender;

    /**
     * Sends by a sender.
     *
     * @param sender null where this server has no key to sign commands with
     */
    Commands(Sql sql, InstantSource clock, @Nullable CommandSender sender) {
        this.sql = sql;
        this.clock = clock;
        this.sender = sender;
    }

    /**
     * Sends a command and returns its number; a number is spent even if the command is not sent.
     *
     * @param boot the unit's, null if it never said
     * @param by name of the account
     */
    long send(Unit unit, @Nullable String boot, String command, String by) {
        CommandSender through = sender;
        if (through == null) {
            throw new ApiError(
                    409,
                    "This server has no key to sign commands with.",
                    "Tell whoever runs it to give it the order key.");
        }
        if (boot == null) {
            throw new ApiError(
                    409, "The unit has not said yet which boot it is in.", "Switch it on where it has a network.");
        }
        long id = number(unit, boot, command, by);
        try {
            through.send(unit, boot, id, command);
        } catch (CommandSender.NotSent e) {
            Logger.warn("{}: command {} was not sent: {}", unit.name(), command, e.getMessage());
            throw new ApiError(
                    409, "The command could not be given to the broker.", "Try again; if it stays, check the broker.");
        }
        return id;
    }

    private long number(Unit unit, String boot, String command, String by) {
        return sql.transaction(transaction -> {
            // The command line numbers by the time, ms, too: whichever sends later has the greater number.
            // Whoever sends to the same unit at the same time waits here, so numbers only grow.
            transaction.query("SELECT unit FROM unit WHERE unit = ? FOR UPDATE", row -> row.getString(1), unit.name());
            List<Long> next = transaction.query(
                    "SELECT greatest(?, coalesce(max(id), 0) + 1) FROM command WHERE unit = ? AND boot = ?",
                    row -> row.getLong(1),
                    clock.instant().toEpochMilli(),
                    unit.name(),
                    boot);
            long id = next.getFirst();
            transaction.update(
                    "INSERT INTO command (unit, boot, id, command, name, asked) VALUES (?, ?, ?, ?, ?, ?)",
                    unit.name(),
                    boot,
                    id,
                    command,
                    by,
                    clock.instant());
            return id;
        });
    }
}
