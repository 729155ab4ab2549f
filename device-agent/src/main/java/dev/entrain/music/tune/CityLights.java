package dev.entrain.music.tune;

/** "City Lights": C minor, 120 beats a minute, for synthesisers and drums, the bass drum on every beat. */
final class CityLights {
    private static final String VERSE =
            "Eb5:1.5 D5:.5 C5:1 G4:1 | C5:1.5 Bb4:.5 Ab4:1 C5:1 | Bb4:1 Eb5:1 G5:2 | F5:1.5 Eb5:.5 D5:1 Bb4:1 |"
                    + " Eb5:1.5 D5:.5 C5:1 G4:1 | C5:1.5 Bb4:.5 Ab4:1 Eb5:1 | G5:1.5 F5:.5 Eb5:1 Bb4:1 | D5:1 F5:1 D5:2";
    private static final String BRIDGE =
            "C5:1 Eb5:1 F5:1 Ab5:1 | G5:2 Eb5:1 C5:1 | Ab5:1.5 G5:.5 Eb5:1 C5:1 | D5:1 F5:1 Bb4:2 |"
                    + " C5:1 Eb5:1 F5:1 Ab5:1 | G5:2 Eb5:1 C5:1 | Ab5:1.5 G5:.5 Eb5:1 C5:1 | F5:1.5 Eb5:.5 D5:1 -:1";
    private static final String VERSE_CHORDS = "Cm | Ab | Eb | Bb | Cm | Ab | Eb | Bb";
    private static final String BRIDGE_CHORDS = "Fm7 | Cm7 | Ab | Bb | Fm7 | Cm7 | Ab | Bb";

    private CityLights() {}

    static Score score() {
        Arrangement piece = new Arrangement(120, 4);
        Section intro = piece.section(VERSE_CHORDS);
        Section verse = piece.section(VERSE_CHORDS);
        Section second = piece.section(VERSE_CHORDS);
        Section bridge = piece.section(BRIDGE_CHORDS);
        Section breath = piece.section("Cm | Ab | Eb | Bb");
        Section last = piece.section(VERSE_CHORDS);
        Section coda = piece.section("Cm | Ab | Bb | Cm");

        Track pad = piece.track(DemoPiece.CHORDS, -14, 0.3, Synth.PAD);
        Track sequence = piece.track(DemoPiece.CHORDS, -9, 0.2, Synth.SEQUENCE);
        Track lead = piece.track(DemoPiece.MELODY, -12, 0.25, Synth.LEAD);
        Track bell = piece.track(DemoPiece.MELODY, -9, 0.3, new Mallet());
        Track bass = piece.track(DemoPiece.BASS, -8, 0, Synth.CLUB_BASS);
        Track kick = piece.track(DemoPiece.DRUMS, -5, 0, Drum.KICK);
        Track clap = piece.track(DemoPiece.DRUMS, -16, 0.15, Drum.CLAP);
        Track open = piece.track(DemoPiece.DRUMS, -22, 0, Drum.OPEN_HAT);
        Track hat = piece.track(DemoPiece.DRUMS, -24, 0, Drum.HAT);
        for (Section section : new Section[] {intro, verse, second, bridge, breath, last}) {
            boolean full = !section.equals(intro) && !section.equals(breath);
            kick.strokes(section, "X...x...X...x...");
            hat.strokes(section, "o.o.o.o.o.o.o.oo");
            bass.bass(section, full ? "8.8.8.8." : "1---8---");
            sequence.broken(section, section.equals(bridge) ? "02312031" : "01230123", 67);
            if (full) {
                clap.strokes(section, "....x.......x...");
                open.strokes(section, "..x...x...x...x.");
                bass.bass(section, ".8.8.8.5");
            }
            if (!section.equals(intro)) {
                pad.chords(section, "x-------", 62);
            }
        }
        lead.melody(second, VERSE, 0).melody(bridge, BRIDGE, 0).melody(last, VERSE, 0);
        bell.melody(verse, VERSE, 0).melody(last, VERSE, 12);
        bell.melody(breath, "G5:4 | Ab5:4 | G5:4 | F5:4", 0);
        kick.strokes(coda, "X...x...X...x...X...x...X...x...X...x...X...x...X...............");
        bass.bass(coda, "8---8---8---8---8---8---8-------");
        pad.chords(coda, "x-------", 62);
        sequence.broken(coda, "012301230123012301230123" + "0-------", 67);
        bell.melody(coda, "G5:2 Eb5:2 | Eb5:2 C5:2 | D5:2 F5:2 | Eb5:4", 0);
        return piece.score();
    }
}
