package dev.entrain.music;

import java.text.Normalizer;
import java.util.Locale;

/** Text that strangers wrote, in tags and names of files, as it may be shown anywhere: one line that moves nothing. Pure. */
public final class PlainText {
    /** Longest name of a song or of who made it, characters (Unicode code points). */
    public static final int MOST_NAME = 200;

    private PlainText() {}

    /**
     * Returns a text as one line: without control characters, escapes of terminals, turns of the writing direction and halves of
     * characters; letters composed (NFC), so that what one system wrote is found as another types it; blanks around it gone.
     *
     * @param most characters (Unicode code points) kept
     */
    public static String of(String text, int most) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .limit(4L * most)
                .map(letter -> moves(letter) ? ' ' : letter)
                .forEach(kept::appendCodePoint);
        String composed = Normalizer.normalize(kept, Normalizer.Form.NFC).strip();
        return composed.codePointCount(0, composed.length()) <= most
                ? composed
                : composed.substring(0, composed.offsetByCodePoints(0, most)).strip();
    }

    /** Returns what names are put in order by, on every machine alike: letters without their marks, small or not. */
    public static String order(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toUpperCase(Locale.ROOT);
    }

    private static boolean moves(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            case Character.FORMAT -> letter != 0x200C && letter != 0x200D; // Joiners are part of how some letters look.
            default -> false;
        };
    }
}
