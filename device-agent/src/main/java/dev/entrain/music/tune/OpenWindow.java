package dev.entrain.music.tune;

/** "Open Window": G major, 92 beats a minute, for guitar, flute, electric piano, bass and light drums. */
final class OpenWindow {
    private static final String VERSE =
            "B4:.5 D5:.5 D5:1 B4:.5 A4:.5 G4:1 | G4:.5 A4:.5 B4:1 G4:2 | E5:1.5 D5:.5 C5:1 E5:1 | D5:3 -:1 |"
                    + " B4:.5 D5:.5 D5:1 B4:.5 A4:.5 G4:1 | G4:.5 A4:.5 B4:1 E5:2 | E5:1 C5:1 A4:1 F#4:1 | G4:3 -:1";
    private static final String CHORUS =
            "E5:1 G5:1.5 E5:.5 G5:1 | F#5:1 A5:1.5 F#5:.5 D5:1 | D5:1 F#5:1 F#5:.5 E5:.5 D5:1 | E5:2 B4:1 D5:1 |"
                    + " C5:1 E5:1 G5:1 E5:1 | F#5:1.5 E5:.5 D5:1 A4:1 | B4:.5 D5:.5 G5:3 | -:2 D5:1 B4:1";
    private static final String VERSE_CHORDS = "G | Em7 | C | D | G | Em7 | C D | G";
    private static final String CHORUS_CHORDS = "C | D | Bm7 | Em7 | Am7 | D7 | G | G";

    private OpenWindow() {}

    static Score score() {
        Arrangement piece = new Arrangement(92, 4);
        Section intro = piece.section("G | Em7 | C | D");
        Section verse = piece.section(VERSE_CHORDS);
        Section second = piece.section(VERSE_CHORDS);
        Section chorus = piece.section(CHORUS_CHORDS);
        Section breath = piece.section("Em7 | C | G | D");
        Section last = piece.section(CHORUS_CHORDS);
        Section coda = piece.section("C D | G");
        Section[] all = {intro, verse, second, chorus, breath, last};

        Track guitar = piece.track(DemoPiece.CHORDS, -8, 0.15, new PluckedString(0.3, 3));
        Track piano = piece.track(DemoPiece.CHORDS, -13, 0.2, new ElectricPiano());
        Track flute = piece.track(DemoPiece.MELODY, -11, 0.25, new Whistle());
        Track mallet = piece.track(DemoPiece.MELODY, -9, 0.25, new Mallet());
        Track bass = piece.track(DemoPiece.BASS, -7, 0, Synth.BASS);
        Track kick = piece.track(DemoPiece.DRUMS, -4, 0, Drum.KICK);
        Track snare = piece.track(DemoPiece.DRUMS, -9, 0.15, Drum.SNARE);
        Track shaker = piece.track(DemoPiece.DRUMS, -16, 0.05, Drum.SHAKER);
        Track rim = piece.track(DemoPiece.DRUMS, -10, 0.15, Drum.RIM);
        for (Section section : all) {
            boolean full = section.equals(chorus) || section.equals(last);
            guitar.broken(section, full ? "01234321" : "03123213", 60);
            kick.strokes(section, full ? "X.......X.x....." : "X.......X.......");
            (full ? snare : rim).strokes(section, "....x.......x...");
            shaker.strokes(section, "x.o.x.o.x.o.x.o.");
            bass.bass(section, full ? "8--88-5-" : "8---8-5-");
        }
        guitar.chords(chorus, "x---x---", 55).chords(last, "x---x---", 55);
        piano.chords(second, "x-------", 62).chords(chorus, "x-----x-", 62);
        piano.chords(breath, "x-------", 62).chords(last, "x-----x-", 62);
        flute.melody(verse, VERSE, 0)
                .melody(second, VERSE, 0)
                .melody(chorus, CHORUS, 0)
                .melody(last, CHORUS, 0);
        mallet.melody(second, VERSE, 12).melody(last, CHORUS, 0);
        guitar.broken(coda, "01230231" + "0-------", 60);
        piano.chords(coda, "x---x---" + "x-------", 62);
        bass.bass(coda, "8---8---" + "8-------");
        kick.strokes(coda, "X.......X......." + "X...............");
        mallet.melody(coda, "G5:1 E5:1 F#5:1 A5:1 | G5:4", 0);
        return piece.score();
    }
}
