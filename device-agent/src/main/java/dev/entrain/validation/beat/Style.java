package dev.entrain.validation.beat;

/** How a kind of music goes: who plays, and what in each bar. */
interface Style {
    /**
     * Writes one bar.
     *
     * @param sheet where to
     * @param harmony key and chords
     * @param bar number, from 0
     * @param at its first beat, in beats
     */
    void bar(Sheet sheet, Harmony harmony, int bar, double at);

    /** Chooses the instruments. */
    void players(Sheet sheet);
}
