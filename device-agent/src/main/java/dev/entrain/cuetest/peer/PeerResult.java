package dev.entrain.cuetest.peer;

import org.jspecify.annotations.Nullable;

/**
 * What was heard of one participant.
 *
 * @param title its name
 * @param conditions its priority and what it opened
 * @param timing how well it kept to the plan; null if it could not be measured
 * @param missing why it could not, and the remedy; empty otherwise
 */
public record PeerResult(
        String title, String conditions, @Nullable HeardTiming timing, String missing) {
    /** A participant that was measured. */
    public static PeerResult of(String title, String conditions, HeardTiming timing) {
        return new PeerResult(title, conditions, timing, "");
    }

    /** A participant that could not be measured. */
    public static PeerResult missing(String title, String why) {
        return new PeerResult(title, "", null, why);
    }
}
