package dev.entrain.clinic.sample;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Music that simulated patients walk to: pieces nobody wrote, each of which helps or hinders by a known share. */
final class SampleMusic {
    /** Pieces: what they are called, and by how much the share of locked windows is above or below the patient's usual. */
    static final List<Song> SHELF = List.of(
            new Song("3f1c5a9e0b7d2468", "Kettle march", 0.09),
            new Song("a07be1d2c3f45960", "The long harbour", 0.02),
            new Song("5d2e8c7a1b903f46", "Blue bicycle", -0.01),
            new Song("c4419f0e7a2b8d35", "Seven lamps", -0.03),
            new Song("08e6b3d5f1a7c294", "Hayfield waltz, in two", -0.1),
            new Song("9b7a6c5d4e3f2810", "Rain on tin", 0.0));

    private static final double SHORTEST_S = 140;
    private static final double LONGEST_S = 230;

    private SampleMusic() {}

    /** A piece. */
    record Song(String hash, String title, double lift) {}

    /**
     * A playing of it.
     *
     * @param locked share of windows locked
     * @param windows how many there were
     */
    record Playing(Song song, double startS, double endS, double locked, int windows) {}

    /**
     * Draws what plays from one moment to another; the last piece is cut short.
     *
     * @param usual the share of locked windows of this day, without what pieces do to it
     */
    static List<Playing> draw(double fromS, double toS, double cadenceSpm, double usual, SplittableRandom random) {
        List<Playing> playings = new ArrayList<>();
        int last = -1;
        for (double atS = fromS; atS < toS - 20; ) { // Ends: each piece is longer than two minutes.
            int place = random.nextInt(SHELF.size());
            place = place == last ? (place + 1) % SHELF.size() : place;
            last = place;
            // The newest piece is rarely chosen, so that there mostly is one of too few sessions.
            if (place == SHELF.size() - 1 && random.nextDouble() < 0.95) {
                place = 0;
            }
            double endS = Math.min(toS, atS + SHORTEST_S + random.nextDouble() * (LONGEST_S - SHORTEST_S));
            int windows = Math.max(0, (int) ((endS - atS) * cadenceSpm / 60 - 16) / 16);
            double locked = usual + SHELF.get(place).lift() + 0.04 * random.nextGaussian();
            double whole = Math.round(Math.clamp(locked, 0, 1) * windows);
            playings.add(new Playing(SHELF.get(place), atS, endS, windows == 0 ? 0 : whole / windows, windows));
            atS = endS;
        }
        return playings;
    }

    /** Writes what a unit tells of a playing, in its record and in the session's end. */
    static ObjectNode tell(ObjectNode to, Playing playing, boolean title, double cadenceSpm) {
        int beats = (int) ((playing.endS() - playing.startS()) * cadenceSpm / 60);
        to.put("end_ns", SampleBoot.ns(playing.endS()))
                .put("hash", playing.song().hash());
        if (title) {
            to.put("title", playing.song().title());
        }
        boolean whole = playing.endS() - playing.startS() >= SHORTEST_S;
        return to.put("beats", beats)
                .put("clicked_beats", 0)
                .put("locked_beats", (int) (beats * playing.locked()))
                .put(
                        "stretch_median_pct",
                        Math.round(100 * (6 * Math.sin(playing.song().lift() * 40))) / 100.0)
                .put(
                        "stretch_most_pct",
                        Math.round(100 * (7 * Math.sin(playing.song().lift() * 40))) / 100.0)
                .put("ended", whole ? "end" : "stopped")
                .put("liked", playing.song().lift() > 0.05);
    }
}
