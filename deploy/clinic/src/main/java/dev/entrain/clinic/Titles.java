package dev.entrain.clinic;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Takes what songs are called out of what units tell, where it is nobody's to read. Stateless. */
public final class Titles {
    private static final String KEY = "\"title\"";
    private static final String MEMBER = KEY + "\\s*+:\\s*+\"(?:[^\"\\\\]|\\\\.)*+(?:\"|\\\\?$)";

    /** A member of a JSON object with the comma that goes with it; in a message that is cut off, up to its end. */
    private static final Pattern TITLE = Pattern.compile(",\\s*+" + MEMBER + "|" + MEMBER + "\\s*+,?", Pattern.DOTALL);

    private static final Pattern NEXT = Pattern.compile("Music: next is (?![0-9a-f]{16} \\()[^\\n]*+");
    private static final Pattern EARLY = Pattern.compile("'[^\\n]*' ends before its beats do");

    private Titles() {}

    /** Returns whether a text in JSON may hold a title. */
    public static boolean in(String json) {
        return json.contains(KEY);
    }

    /** Returns a text in JSON without members {@code title} that are strings, at any depth; the same text if there is none. */
    public static String without(String json) {
        return in(json) ? TITLE.matcher(json).replaceAll("") : json;
    }

    /** Returns a message without them, also one that is no JSON or no text: every other byte stays. */
    public static byte[] without(byte[] message) {
        String bytes = new String(message, StandardCharsets.ISO_8859_1);
        return in(bytes) ? without(bytes).getBytes(StandardCharsets.ISO_8859_1) : message;
    }

    /** Returns lines of a unit's log without the titles that earlier agents wrote there. */
    public static String withoutInLog(String lines) {
        String text =
                lines.contains("Music: next is ") ? NEXT.matcher(lines).replaceAll("Music: next is a song") : lines;
        return text.contains("ends before its beats do")
                ? EARLY.matcher(text).replaceAll("a song ends before its beats do")
                : text;
    }
}
