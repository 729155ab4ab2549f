package dev.entrain.cue;

/**
 * Which cues a walker hears.
 *
 * @param policy how beats are placed
 * @param tempoSpm beats per minute of the metronome, 40 to 160
 */
public record CueConfig(PolicyName policy, double tempoSpm) {
    /** The policies there are. */
    public enum PolicyName {
        /** A fixed tempo. */
        METRONOME,
        /** The walker's own cadence. */
        FOLLOW
    }

    /** The walker's own cadence. */
    public static final CueConfig DEFAULT = new CueConfig(PolicyName.FOLLOW, 100);

    /** Makes a fresh policy. */
    public CuePolicy newPolicy() {
        return switch (policy) {
            case METRONOME -> new MetronomePolicy(tempoSpm);
            case FOLLOW -> new FollowPolicy();
        };
    }
}
