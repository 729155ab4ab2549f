package dev.entrain.music.tune;

import dev.entrain.music.BeatGrid;
import java.util.List;
import java.util.Locale;

/**
 * The pieces there are. Their tempos are chosen so that two of them can be stretched to nearly every cadence from 81 to 119
 * steps a minute. Their levels were set by measurement to -18 LUFS, as heard by both ears (DemoPieceTest holds them).
 */
public enum DemoPiece {
    /** Flute, harp and bass; no drums. */
    MORNING_PATH("Morning Path", -4.9) {
        @Override
        Score score() {
            return MorningPath.score();
        }
    },
    /** Guitar, flute, bass and light drums. */
    OPEN_WINDOW("Open Window", -6.7) {
        @Override
        Score score() {
            return OpenWindow.score();
        }
    },
    /** Electric piano, vibraphone, bass and drums. */
    LATE_TRAM("Late Tram", -7.9) {
        @Override
        Score score() {
            return LateTram.score();
        }
    },
    /** Synthesisers over four beats of the bass drum to the bar. */
    CITY_LIGHTS("City Lights", -4) {
        @Override
        Score score() {
            return CityLights.score();
        }
    };

    /** Whose music it is, for the list of songs. */
    public static final String ARTIST = "Entrain";

    static final String DRUMS = "drums";
    static final String BASS = "bass";
    static final String CHORDS = "chords";
    static final String MELODY = "melody";

    /** In the order in which an arrangement opens; what carries the beat is first. */
    private static final List<String> ORDER = List.of(DRUMS, BASS, CHORDS, MELODY);

    private static final List<String> WITHOUT_DRUMS = List.of(CHORDS, BASS, MELODY);

    private final String title;
    private final double levelDb;

    DemoPiece(String title, double levelDb) {
        this.title = title;
        this.levelDb = levelDb;
    }

    /** Returns the title. */
    public String title() {
        return title;
    }

    /** Returns what its files are called, such as {@code morning-path}. */
    public String fileName() {
        return title.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    /** Returns the beats as they are in the sound, exact to the frame. */
    public BeatGrid grid() {
        return score().grid();
    }

    /** Returns the piece as written. */
    abstract Score score();

    /** Returns the level of the whole, as a factor. */
    double level() {
        return StrictMath.pow(10, levelDb / 20);
    }

    /** Returns the stems of a score, what carries the beat first. */
    static List<String> stems(Score score) {
        boolean drums = score.lines().stream().anyMatch(line -> line.stem().equals(DRUMS));
        return drums ? ORDER : WITHOUT_DRUMS;
    }
}
