package dev.entrain.audio;

/** Decides at start-up whether sound goes to the card or to the file. */
public final class AudioOutputs {
    private AudioOutputs() {}

    /**
     * The outcome.
     *
     * @param opener what the audio loop shall open
     * @param card whether it is a sound card
     * @param message one line for the technician: where the sound goes and, if that is not a card, why and what to do
     */
    public record Choice(AudioOpener opener, boolean card, String message) {}

    /**
     * Chooses by configuration; with {@link AudioConfig.Output#AUTO} opens and closes the card once to see that it works.
     *
     * @param config the output wanted
     * @param card opens the sound card
     * @param file opens the WAV file; not touched here
     */
    public static Choice choose(AudioConfig config, AudioOpener card, AudioOpener file) {
        return switch (config.output()) {
            case ALSA -> new Choice(card, true, "Sound goes to " + card.describe() + ".");
            case WAV -> new Choice(file, false, "Sound goes to " + file.describe() + ", as configured.");
            case AUTO -> probe(card, file);
        };
    }

    private static Choice probe(AudioOpener card, AudioOpener file) {
        try (AudioOutput output = card.open()) {
            return new Choice(card, true, "Sound goes to " + output.describe() + ".");
        } catch (AudioException e) {
            return new Choice(
                    file, false, e.getMessage() + " Until the next start sound goes to " + file.describe() + ".");
        }
    }
}
