package dev.entrain.telemetry;

import dev.entrain.journal.GrantedRealTime;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a unit says of itself when it connects.
 *
 * @param bootId the boot that its times and sequence numbers belong to
 * @param agentVersion version of the agent
 * @param javaVersion version of the Java runtime
 * @param configSha256 SHA-256 of the configuration it runs, 64 hexadecimal digits
 * @param realTime what the operating system granted; null where it was not asked
 * @param board what it runs on; null where that was not looked at
 * @param certificateExpires asked on each connection: when the unit's own certificate ends; null without one
 */
public record Birth(
        String bootId,
        String agentVersion,
        String javaVersion,
        String configSha256,
        @Nullable GrantedRealTime realTime,
        @Nullable Board board,
        Supplier<@Nullable Instant> certificateExpires) {
    /**
     * What a unit runs on; nothing that names one unit among many.
     *
     * @param model of the board; null where it does not say
     * @param os name and version; null where it does not say
     * @param kernel release
     * @param machine architecture
     */
    public record Board(@Nullable String model, @Nullable String os, String kernel, String machine) {}
}
