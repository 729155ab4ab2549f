package dev.entrain.remote;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The newest lines of the log in parts that a broker takes. Secrets should never be in a log; what looks like one is taken
 * out before it leaves the unit. Who the patient is the unit does not know.
 */
final class LogUpload {
    static final int MOST_PARTS = 16;

    /** Largest message, bytes. */
    static final int MOST_BYTES = 32 * 1024;

    /** What is around the text in a message, at most. */
    private static final int AROUND_BYTES = 200;

    private static final int MOST_LINE_CHARS = 2000;

    private static final Pattern PASSWORD_IN_URI = Pattern.compile("://[^/\\s@]+@");
    private static final Pattern NAMED_SECRET =
            Pattern.compile("(?i)(password|passwd|secret|token|api_?key)(\\s*[=:]\\s*)\\S+");
    private static final Pattern KEY_TEXT = Pattern.compile("[A-Za-z0-9+/]{60,}={0,2}");
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@[\\w-]+\\.[\\w.-]+");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final String TAKEN_OUT = "[removed]";

    private final long id;
    private final List<String> parts;
    private int next;

    /** Takes the newest of some lines, oldest first, as many as fit. */
    LogUpload(long id, List<String> lines) {
        this.id = id;
        parts = parts(lines);
    }

    /** Returns the number of the command that asked for it. */
    long id() {
        return id;
    }

    /** Hands parts over while they are taken; returns whether all were. */
    boolean send(Sayings sayings, Predicate<byte[]> publish) {
        while (next < parts.size()) { // At most 16 times.
            if (!publish.test(sayings.log(id, next + 1, parts.size(), parts.get(next)))) {
                return false;
            }
            next++;
        }
        return true;
    }

    private static List<String> parts(List<String> lines) {
        List<String> newestFirst = new ArrayList<>();
        int most = MOST_BYTES - AROUND_BYTES;
        StringBuilder part = new StringBuilder();
        List<String> waiting = new ArrayList<>();
        int size = 0;
        boolean inKey = false;
        List<String> clean = new ArrayList<>(lines.size());
        for (String line : lines) {
            boolean begins = line.contains("-----BEGIN");
            clean.add(inKey || begins ? TAKEN_OUT : scrubbed(line));
            inKey = (inKey || begins) && !line.contains("-----END");
        }
        for (int i = clean.size() - 1; i >= 0 && newestFirst.size() < MOST_PARTS; i--) {
            String line = clean.get(i) + "\n";
            int bytes = escapedBytes(line);
            if (size + bytes > most) {
                newestFirst.add(joined(waiting, part));
                size = 0;
            }
            waiting.add(line);
            size += bytes;
        }
        if (newestFirst.size() < MOST_PARTS) {
            newestFirst.add(joined(waiting, part));
        }
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    private static String joined(List<String> waiting, StringBuilder part) {
        part.setLength(0);
        for (int i = waiting.size() - 1; i >= 0; i--) {
            part.append(waiting.get(i));
        }
        waiting.clear();
        return part.toString();
    }

    static String scrubbed(String line) {
        String kept = line.length() > MOST_LINE_CHARS ? line.substring(0, MOST_LINE_CHARS) + " ..." : line;
        kept = new String(kept.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        kept = PASSWORD_IN_URI.matcher(kept).replaceAll("://" + TAKEN_OUT + "@");
        kept = NAMED_SECRET.matcher(kept).replaceAll("$1$2" + TAKEN_OUT);
        kept = MAIL.matcher(kept).replaceAll(TAKEN_OUT);
        return KEY_TEXT.matcher(kept)
                .replaceAll(found -> HASH.matcher(found.group()).matches() ? found.group() : TAKEN_OUT);
    }

    /** Bytes of a line within JSON. */
    private static int escapedBytes(String line) {
        int bytes = line.getBytes(StandardCharsets.UTF_8).length;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' || c == '\\' || c == '\n' || c == '\t' || c == '\r') {
                bytes++;
            } else if (c < ' ') {
                bytes += 5;
            }
        }
        return bytes;
    }
}
