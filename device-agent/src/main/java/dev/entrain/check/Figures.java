package dev.entrain.check;

import java.util.Locale;

/** Numbers for a person. */
final class Figures {
    private static final double KILO = 1000;

    private Figures() {}

    /** Returns bytes with a unit, decimal prefixes. */
    static String bytes(long count) {
        double bytes = count;
        if (bytes >= KILO * KILO * KILO) {
            return String.format(Locale.ROOT, "%.1f GB", bytes / (KILO * KILO * KILO));
        }
        return bytes >= KILO * KILO
                ? String.format(Locale.ROOT, "%.1f MB", bytes / (KILO * KILO))
                : String.format(Locale.ROOT, "%.0f kB", bytes / KILO);
    }

    /** Returns a time span with the unit that fits. */
    static String duration(long seconds) {
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
    }
}
