package dev.entrain.check;

import dev.entrain.audio.music.soundtouch.SoundTouchStretchers;
import dev.entrain.music.MusicException;
import dev.entrain.music.decode.SndFileReaders;
import dev.entrain.music.library.ShelfEntry;
import dev.entrain.music.library.SongShelf;
import dev.entrain.music.library.Suitability;
import dev.entrain.music.loudness.LoudnessMeters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether the unit can play music, and which of its songs it can't. Without music it beats with clicks, so nothing fails. */
public final class MusicCheck implements Check {
    private static final String AREA = "music";

    private final SongShelf shelf;

    /**
     * Makes one.
     *
     * @param stateDir the unit's state folder
     */
    public MusicCheck(Path stateDir) {
        shelf = new SongShelf(stateDir);
    }

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public List<Finding> look() {
        return List.of(libraries(), songs());
    }

    /** Loads something and returns what it says of itself. */
    private interface Loading {
        String version() throws MusicException;
    }

    private static Finding libraries() {
        List<String> there = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        look(() -> new SndFileReaders().version(), there, missing);
        look(() -> new LoudnessMeters().version(), there, missing);
        look(MusicCheck::soundTouch, there, missing);
        return missing.isEmpty()
                ? Finding.ok(AREA, "libraries", String.join(", ", there))
                : Words.of(
                        Verdict.WARN,
                        AREA,
                        "libraries",
                        missing.getFirst(),
                        "Install it: apt-get install libsndfile1 libebur128-1 libsoundtouch1");
    }

    /** It tells no version that means anything to a technician. */
    private static String soundTouch() throws MusicException {
        SoundTouchStretchers ignored = new SoundTouchStretchers();
        return "SoundTouch";
    }

    private static void look(Loading loading, List<String> there, List<String> missing) {
        try {
            there.add(loading.version());
        } catch (MusicException e) {
            missing.add(String.valueOf(e.getMessage()));
        }
    }

    private Finding songs() {
        List<ShelfEntry> entries;
        List<String> damaged;
        try {
            entries = shelf.entries();
            damaged = shelf.damaged();
        } catch (MusicException e) {
            return Words.of(Verdict.WARN, AREA, "songs", String.valueOf(e.getMessage()), "Run this as root (sudo)");
        }
        if (!damaged.isEmpty()) {
            return Finding.warn(
                    AREA,
                    "songs",
                    damaged.size() + " damaged in music.db and left out, " + entries.size() + " whole",
                    "entrain music list names them: add their files again, or entrain music remove");
        }
        if (entries.isEmpty()) {
            return Finding.ok(AREA, "songs", "none: the beat is a click");
        }
        long missing = entries.stream().filter(ShelfEntry::missing).count();
        long suit = entries.stream()
                .filter(entry ->
                        !entry.missing() && Suitability.of(entry.song()).verdict() != Suitability.Verdict.NO)
                .count();
        String value = entries.size() + (entries.size() == 1 ? " song, " : " songs, ") + suit + " can be walked to"
                + (missing == 0 ? "" : ", " + missing + " lost their file");
        if (missing > 0) {
            return Finding.warn(
                    AREA, "songs", value, "entrain music list names them: add them again, or entrain music remove");
        }
        return suit == 0
                ? Finding.warn(
                        AREA, "songs", value, "entrain music list says why; add others. Until then the beat is a click")
                : Finding.ok(AREA, "songs", value);
    }
}
