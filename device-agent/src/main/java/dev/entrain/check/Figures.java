package dev.entrain.check;

import java.util.Locale;

/** Numbers for a person. */
final class Figures {
    private static final double KILO = 1000;

    private Figures() {}

    /** Returns text with a pattern of {@link String#format}, a full stop as decimal point. */
    static String text(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** Returns bytes with a unit, decimal prefixes. */
    static String bytes(double bytes) {
        if (bytes >= KILO * KILO * KILO) {
            return text("%.1f GB", bytes / (KILO * KILO * KILO));
        }
        return bytes >= KILO * KILO ? text("%.1f MB", bytes / (KILO * KILO)) : text("%.0f kB", bytes / KILO);
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
