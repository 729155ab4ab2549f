package dev.entrain.audio;

/**
 * What the walker hears.
 *
 * @param timbre of the cues
 * @param language of the spoken prompts
 */
public record SoundConfig(Timbre timbre, Language language) {
    /** The struck bar, English. */
    public static final SoundConfig DEFAULT = new SoundConfig(Timbre.BAR, Language.EN);
}
