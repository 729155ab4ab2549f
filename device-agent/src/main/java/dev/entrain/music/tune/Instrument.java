package dev.entrain.music.tune;

/** Makes notes sound. */
@FunctionalInterface
interface Instrument {
    /**
     * Begins a note; its first frame is the first it gives.
     *
     * @param note what to play
     * @param heldS how long it is held, s
     * @param seed of what is random in it
     */
    Sounding play(Note note, double heldS, long seed);
}
