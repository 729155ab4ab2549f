package dev.entrain.music.tune;

import java.util.List;
import java.util.Locale;

/** The pieces there are. Their levels were set by measurement to -18 LUFS (DemoMusicTest holds them). */
public enum DemoPiece {
    /** Flute, harp and bass; no drums. */
    MORNING_PATH("Morning Path", 0) {
        @Override
        Score score() {
            return MorningPath.score();
        }
    },
    /** Guitar, flute, bass and light drums. */
    OPEN_WINDOW("Open Window", 0) {
        @Override
        Score score() {
            return OpenWindow.score();
        }
    },
    /** Electric piano, vibraphone, bass and drums. */
    LATE_TRAM("Late Tram", 0) {
        @Override
        Score score() {
            return LateTram.score();
        }
    },
    /** Synthesisers over four beats of the bass drum to the bar. */
    CITY_LIGHTS("City Lights", 0) {
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

    /** In the order in which an arrangement opens. */
    private static final List<String> ORDER = List.of(DRUMS, BASS, CHORDS, MELODY);

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

    /** Returns the piece as written. */
    abstract Score score();

    /** Returns the level of the whole, as a factor. */
    double level() {
        return StrictMath.pow(10, levelDb / 20);
    }

    /** Returns the stems of a score of this piece. */
    static List<String> stems(Score score) {
        return ORDER.stream()
                .filter(stem -> score.lines().stream().anyMatch(line -> line.stem().equals(stem)))
                .toList();
    }
}
