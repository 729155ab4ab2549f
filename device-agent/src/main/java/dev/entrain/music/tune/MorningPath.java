package dev.entrain.music.tune;

/** "Morning Path": D major, 84 beats a minute, for flute, harp and bass; quiet. */
final class MorningPath {
    private static final String VERSE =
            "F#5:1.5 E5:.5 D5:1 A4:1 | B4:1 D5:1 F#5:2 | G5:1.5 F#5:.5 D5:1 B4:1 | E5:3 -:1 |"
                    + " F#5:1.5 E5:.5 D5:1 A4:1 | C#5:1 E5:1 F#5:1 A5:1 | G5:1.5 F#5:.5 E5:1 D5:1 | C#5:1.5 D5:.5 E5:2";
    private static final String ANSWER =
            "F#5:1 A5:1 F#5:.5 E5:.5 D5:1 | B4:.5 C#5:.5 D5:1 F#5:2 | G5:1 B5:.5 A5:.5 G5:1 D5:1 | E5:2 C#5:1 -:1 |"
                    + " F#5:1.5 E5:.5 D5:1 A4:1 | C#5:1 E5:1 A5:1 F#5:1 | G5:1 F#5:.5 E5:.5 C#5:1 E5:1 | D5:3 -:1";
    private static final String BRIDGE =
            "D5:1 F#5:1 B5:2 | A5:1.5 F#5:.5 E5:1 C#5:1 | D5:1 G5:1 B5:2 | A5:1.5 G5:.5 F#5:2 |"
                    + " G5:1 F#5:.5 E5:.5 B4:1 E5:1 | F#5:1 D5:1 B4:1 -:1 | B4:1 D5:1 G5:1 B5:1 | A5:1.5 G5:.5 E5:1 C#5:1";
    private static final String CODA = "B4:1 D5:1 G5:2 | F#5:4";

    private static final String VERSE_CHORDS = "D | Bm7 | G | A | D | F#m7 | Em7 | A7";
    private static final String ANSWER_CHORDS = "D | Bm7 | G | A | D | F#m7 | Em7 A7 | D";
    private static final String BRIDGE_CHORDS = "Bm7 | F#m7 | G | D | Em7 | Bm7 | G | A7";

    private MorningPath() {}

    static Score score() {
        Arrangement piece = new Arrangement(84, 4);
        Section intro = piece.section("D | A7");
        Section verse = piece.section(VERSE_CHORDS);
        Section answer = piece.section(ANSWER_CHORDS);
        Section bridge = piece.section(BRIDGE_CHORDS);
        Section again = piece.section(ANSWER_CHORDS);
        Section coda = piece.section("G | D");

        Track harp = piece.track(DemoPiece.CHORDS, -8, 0.25, new PluckedString(0.5, 4.5));
        Track flute = piece.track(DemoPiece.MELODY, -10, 0.3, new Whistle());
        Track bass = piece.track(DemoPiece.BASS, -3, 0.08, new PluckedString(0.7, 5));
        String waves = "0-1-2-3-0-2-3-1-".replace("-", "");
        for (Section section : new Section[] {intro, verse, answer, bridge, again}) {
            harp.broken(section, waves, 62);
            bass.bass(section, "8---5---");
        }
        harp.chords(verse, "x-------", 57).chords(answer, "x---x---", 57);
        harp.chords(bridge, "x---x---", 57).chords(again, "x---x---", 57);
        harp.broken(coda, "01230231" + "0-------", 62);
        bass.bass(coda, "8---5---" + "8-------");
        flute.melody(verse, VERSE, 0).melody(answer, ANSWER, 0).melody(bridge, BRIDGE, 0);
        flute.melody(again, ANSWER, 0).melody(coda, CODA, 0);
        return piece.score();
    }
}
