package dev.entrain.journal;

import org.jspecify.annotations.Nullable;

/**
 * A session as the journal keeps it, besides its records.
 *
 * @param id its random name, [a-z0-9-]{1,64}
 * @param bootId the boot its times belong to
 * @param originNs CLOCK_MONOTONIC of second zero
 * @param headerJson what was so when it began, a JSON object
 * @param stateJson what a restart would need, a JSON object; null where there is nothing to go on with
 * @param ended whether it is over; of those that are not, the last one begun is in progress
 */
public record KeptSession(
        String id,
        String bootId,
        long originNs,
        String headerJson,
        @Nullable String stateJson,
        boolean ended) {}
