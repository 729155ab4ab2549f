package dev.entrain.music.tune;

/** "Late Tram": A minor, 106 beats a minute, for electric piano, vibraphone, a mellow lead, bass and drums. */
final class LateTram {
    private static final String VERSE =
            "A4:.5 C5:.5 E5:1 G5:.5 E5:.5 D5:1 | F#5:1 A5:.5 F#5:.5 D5:1 -:1 | A4:.5 C5:.5 E5:1 G5:.5 E5:.5 D5:1 |"
                    + " C5:1 A4:.5 C5:.5 D5:2 | C5:1 A4:.5 C5:.5 E5:1 F5:1 | D5:1 B4:.5 D5:.5 G5:2 |"
                    + " E5:1.5 D5:.5 C5:1 A4:1 | A4:2 -:2";
    private static final String CHORUS =
            "F5:1.5 E5:.5 D5:1 A4:1 | B4:1 D5:1 F5:1 D5:1 | E5:1.5 D5:.5 C5:1 G4:1 | C5:1 E5:1 A5:2 |"
                    + " A5:1.5 G5:.5 F5:1 D5:1 | G#4:1 B4:1 D5:1 E5:1 | C5:1 A4:3 | -:4";
    private static final String VERSE_CHORDS = "Am7 | D7 | Am7 | D7 | Fmaj7 | G | Am7 | Am7";
    private static final String CHORUS_CHORDS = "Dm7 | G7 | Cmaj7 | Am7 | Dm7 | E7 | Am7 | Am7";

    private LateTram() {}

    static Score score() {
        Arrangement piece = new Arrangement(106, 4);
        Section intro = piece.section("Am7 | D7 | Am7 | D7");
        Section verse = piece.section(VERSE_CHORDS);
        Section second = piece.section(VERSE_CHORDS);
        Section chorus = piece.section(CHORUS_CHORDS);
        Section third = piece.section(VERSE_CHORDS);
        Section last = piece.section(CHORUS_CHORDS);
        Section coda = piece.section("Dm7 G7 | Am7");

        Track piano = piece.track(DemoPiece.CHORDS, -10, 0.12, new ElectricPiano());
        Track pad = piece.track(DemoPiece.CHORDS, -20, 0.3, Synth.PAD);
        Track vibes = piece.track(DemoPiece.MELODY, -6, 0.3, new Mallet());
        Track lead = piece.track(DemoPiece.MELODY, -13, 0.2, Synth.LEAD);
        Track bass = piece.track(DemoPiece.BASS, -7, 0, Synth.BASS);
        Track kick = piece.track(DemoPiece.DRUMS, -3, 0, Drum.KICK);
        Track snare = piece.track(DemoPiece.DRUMS, -8, 0.12, Drum.SNARE);
        Track hat = piece.track(DemoPiece.DRUMS, -16, 0, Drum.HAT);
        for (Section section : new Section[] {intro, verse, second, chorus, third, last}) {
            boolean full = section.equals(chorus) || section.equals(last);
            piano.chords(section, full ? "x--x--x-" : "x-.x--..", 62);
            bass.bass(section, full ? "8-858-5-" : "8--85-8-");
            kick.strokes(section, full ? "X.....x.X......." : "X.......X.x.....");
            snare.strokes(section, section.equals(intro) ? "............x..." : "....x.......x..o");
            hat.strokes(section, full ? "xoxoxoxoxoxoxoxo" : "x.o.x.o.x.o.x.oo");
        }
        pad.chords(chorus, "x-------", 65).chords(last, "x-------", 65);
        vibes.melody(verse, VERSE, 0).melody(second, VERSE, 0).melody(third, VERSE, 0);
        lead.melody(chorus, CHORUS, 0).melody(third, VERSE, 0).melody(last, CHORUS, 0);
        vibes.melody(last, CHORUS, 12);
        piano.chords(coda, "x---x---" + "x-------", 62);
        bass.bass(coda, "8---8---" + "8-------");
        kick.strokes(coda, "X.......X......." + "X...............");
        hat.strokes(coda, "x.o.x.o.x.o.x.o." + "x...............");
        vibes.melody(coda, "A5:1 F5:1 D5:1 B4:1 | A4:4", 0);
        return piece.score();
    }
}
