package dev.entrain.music.tune;

import java.util.ArrayList;
import java.util.List;

/**
 * A chord by its name.
 *
 * @param root pitch class, 0 (C) to 11
 * @param steps semitones above the root, ascending from 0
 */
record Chord(int root, List<Integer> steps) {
    static final int OCTAVE = 12;
    private static final String LETTERS = "C D EF G A B";

    /** Copies the list. */
    Chord {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a name such as {@code C}, {@code F#m7} or {@code Bbmaj7}.
     *
     * @throws IllegalArgumentException for a name that is none
     */
    static Chord of(String name) {
        int letters = name.length() > 1 && (name.charAt(1) == '#' || name.charAt(1) == 'b') ? 2 : 1;
        List<Integer> steps = switch (name.substring(letters)) {
            case "" -> List.of(0, 4, 7);
            case "m" -> List.of(0, 3, 7);
            case "7" -> List.of(0, 4, 7, 10);
            case "m7" -> List.of(0, 3, 7, 10);
            case "maj7" -> List.of(0, 4, 7, 11);
            default -> throw new IllegalArgumentException("no chord: " + name);
        };
        return new Chord(pitchClass(name.substring(0, letters)), steps);
    }

    /** Returns the pitch class of a letter with its sign, 0 (C) to 11. */
    static int pitchClass(String name) {
        int base = LETTERS.indexOf(name.charAt(0));
        if (base < 0 || name.charAt(0) == ' ') {
            throw new IllegalArgumentException("no note: " + name);
        }
        int sign = name.length() < 2 ? 0 : name.charAt(1) == '#' ? 1 : -1;
        return Math.floorMod(base + sign, OCTAVE);
    }

    /** Returns whether a key belongs to the chord, in whatever octave. */
    boolean holds(int midi) {
        return steps.contains(Math.floorMod(midi - root, OCTAVE));
    }

    /** Returns the root's key at or above a key. */
    int bass(int lowest) {
        return lowest + Math.floorMod(root - lowest, OCTAVE);
    }

    /**
     * Returns keys for the chord whose voices move least from those before: what a player's hand would do.
     *
     * @param before keys that sounded before; where empty the inversion nearest to the centre is taken
     * @param centre key about which the chord lies
     */
    List<Integer> voicing(List<Integer> before, int centre) {
        List<Integer> best = List.of();
        double least = Double.POSITIVE_INFINITY;
        for (int inversion = 0; inversion < steps.size(); inversion++) {
            List<Integer> keys = inversion(inversion, centre);
            double cost = 0.5 * Math.abs(mean(keys) - centre);
            for (int i = 0; i < keys.size() && !before.isEmpty(); i++) {
                cost += Math.abs(keys.get(i) - before.get(Math.min(i, before.size() - 1)));
            }
            if (cost < least) {
                least = cost;
                best = keys;
            }
        }
        return best;
    }

    private List<Integer> inversion(int number, int centre) {
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            int at = number + i;
            keys.add(root + steps.get(at % steps.size()) + OCTAVE * (at / steps.size()));
        }
        int octaves = Math.toIntExact(Math.round((centre - mean(keys)) / OCTAVE));
        return keys.stream().map(key -> key + OCTAVE * octaves).toList();
    }

    private static double mean(List<Integer> keys) {
        return keys.stream().mapToInt(Integer::intValue).average().orElseThrow();
    }
}
