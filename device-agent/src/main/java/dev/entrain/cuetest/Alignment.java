package dev.entrain.cuetest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of the places found is each beat, by what all beats agree on. The beats come at irregular intervals, so only
 * the true lag repeats: a neighbouring beat is found elsewhere each time, and an echo repeats later than the direct sound.
 */
final class Alignment {
    /** Fewest beats that must agree. */
    static final int FEWEST = 8;

    private static final double MS = 1e6;
    private static final double AGREED_NS = 5 * MS;
    private static final double NEAR_NS = 40 * MS;
    private static final double ECHO_NS = 100 * MS;
    private static final double APART_NS = 3 * MS;
    private static final double DIRECT_SHARE = 0.7;
    private static final double DIRECT_SIZE = 0.3;

    private final List<HeardCue> cues;
    private double lagNs = Double.NaN;
    private boolean direct;
    private String refusal = "";

    Alignment(List<HeardCue> cues) {
        this.cues = cues;
        decide();
    }

    /** Returns why there is none; empty if there is one. */
    String refusal() {
        return refusal;
    }

    /** Returns which of a beat's places it is, or null where none is near what the others say. */
    HeardCue.@Nullable Place of(HeardCue cue) {
        HeardCue.Place best = null;
        for (HeardCue.Place place : cue.places()) {
            if (Math.abs(place.lagNs() - lagNs) <= NEAR_NS && (best == null || better(place, best))) {
                best = place;
            }
        }
        return best;
    }

    private boolean better(HeardCue.Place place, HeardCue.Place best) {
        // An echo is stronger than the direct sound here, so what counts is which of them it is.
        return direct && Math.abs(place.lagNs() - lagNs) < Math.abs(best.lagNs() - lagNs);
    }

    private void decide() {
        double[] strongest = cues.stream()
                .filter(cue -> !cue.places().isEmpty())
                .filter(cue -> cue.places().getFirst().arrival().noiseRatio() >= Arrival.LEAST_NOISE_RATIO)
                .mapToDouble(cue -> cue.places().getFirst().lagNs())
                .sorted()
                .toArray();
        double[] agreed = densest(strongest, AGREED_NS);
        if (agreed.length < FEWEST || agreed.length < cues.size() / 2) {
            refusal = strongest.length < Math.max(FEWEST, cues.size() / 2)
                    ? "The input hears the beats not at all or too faintly (" + strongest.length + " of " + cues.size()
                            + "): check the cable or put the microphone to the headphone, raise the input's level"
                            + " (alsamixer) and --seconds."
                    : "The input hears sounds, but not the beats at one steady distance (" + agreed.length + " of "
                            + cues.size() + " agree): take away other sound and echo, or use a cable.";
            return;
        }
        lagNs = agreed[agreed.length / 2];
        double[] elsewhere = Arrays.stream(strongest)
                .filter(lag -> Math.abs(lag - lagNs) > 2 * AGREED_NS)
                .toArray();
        if (2 * densest(elsewhere, AGREED_NS).length > agreed.length) {
            refusal =
                    "The beats come back at two distances about as often: is the sound heard over two ways? Leave one.";
            return;
        }
        lookForDirect(agreed.length);
    }

    private void lookForDirect(int agreed) {
        List<Double> earlier = new ArrayList<>();
        for (HeardCue cue : cues) {
            for (HeardCue.Place place : cue.places()) {
                double beforeNs = lagNs - place.lagNs();
                boolean strong =
                        place.size() >= DIRECT_SIZE * cue.places().getFirst().size();
                if (beforeNs >= APART_NS
                        && beforeNs <= ECHO_NS
                        && strong
                        && place.arrival().certain()) {
                    earlier.add(place.lagNs());
                }
            }
        }
        double[] lags =
                earlier.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double[] first = densest(lags, APART_NS);
        if (first.length >= DIRECT_SHARE * agreed) {
            lagNs = first[first.length / 2];
            direct = true;
        }
    }

    /** Returns the values, of a sorted array, inside the window of a half width that holds most. */
    private static double[] densest(double[] sorted, double halfWidth) {
        int from = 0;
        int bestFrom = 0;
        int bestTo = 0;
        for (int to = 0; to < sorted.length; to++) {
            while (sorted[to] - sorted[from] > 2 * halfWidth) {
                from++;
            }
            if (to + 1 - from > bestTo - bestFrom) {
                bestFrom = from;
                bestTo = to + 1;
            }
        }
        return Arrays.copyOfRange(sorted, bestFrom, bestTo);
    }
}
