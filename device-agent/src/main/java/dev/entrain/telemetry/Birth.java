package dev.entrain.telemetry;

import dev.entrain.journal.GrantedRealTime;
import org.jspecify.annotations.Nullable;

/**
 * What a unit says of itself when it connects.
 *
 * @param bootId the boot that its times and sequence numbers belong to
 * @param agentVersion version of the agent
 * @param javaVersion version of the Java runtime
 * @param configSha256 SHA-256 of the configuration it runs, 64 hexadecimal digits
 * @param realTime what the operating system granted; null where it was not asked
 */
public record Birth(
        String bootId,
        String agentVersion,
        String javaVersion,
        String configSha256,
        @Nullable GrantedRealTime realTime) {
    /** Which contract the payloads keep: the topics' version and the schemas' minor one. */
    public static final String CONTRACT = "gait/v1, schemas of version " + PayloadEncoder.MINOR_VERSION;
}
