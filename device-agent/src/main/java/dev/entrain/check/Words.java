package dev.entrain.check;

import java.util.Locale;

/** Sentences as the rooms tell errors, "what is wrong; what to do", taken apart. */
final class Words {
    private Words() {}

    /** Returns a failure from a sentence; {@code otherwise} is the next step if it names none. */
    static Finding fail(String area, String item, String sentence, String otherwise) {
        return of(Verdict.FAIL, area, item, sentence, otherwise);
    }

    /** Returns a finding from a sentence; {@code otherwise} is the next step if it names none. */
    static Finding of(Verdict verdict, String area, String item, String sentence, String otherwise) {
        int stop = sentence.indexOf(". ");
        int at = stop > 0 ? stop : sentence.lastIndexOf("; ");
        String what = at > 0 ? sentence.substring(0, at) : sentence;
        String step = at > 0 ? sentence.substring(at + 2) : otherwise;
        return new Finding(area, item, verdict, plain(what), begin(plain(step)));
    }

    private static String plain(String text) {
        String line = text.replace('\n', ' ').strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    private static String begin(String text) {
        // A command or a key stays as it is typed.
        return text.isEmpty() || text.startsWith("entrain ") || text.contains("=")
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
