package dev.entrain.remote;

/** Makes what came from outside fit for a message or a log. */
final class Wording {
    /** A reason is a sentence, not a document. */
    static final int MOST_CHARS = 400;

    private Wording() {}

    /** Returns text in one line, of {@value #MOST_CHARS} characters at most. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), MOST_CHARS));
        for (int i = 0; i < text.length() && plain.length() < MOST_CHARS; i++) {
            char c = text.charAt(i);
            // A half of a pair would be no UTF-8.
            plain.append(Character.isISOControl(c) || Character.isSurrogate(c) ? ' ' : c);
        }
        return plain.toString();
    }
}
