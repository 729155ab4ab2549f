package dev.entrain.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a text what could tell a person or a secret: keys, passwords in addresses, names of sessions, mail addresses,
 * and paths outside the system's own folders, whose names people choose. Immutable.
 */
final class Scrub {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN [A-Z0-9 ]+-----.*?(-----END [A-Z0-9 ]+-----|\\z)", Pattern.DOTALL);
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+@");
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+");
    private static final Pattern IDENTIFIER =
            Pattern.compile("\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b");
    private static final Pattern LONG_CODE = Pattern.compile("\\b[A-Za-z0-9+_]{40,}={0,2}");
    private static final Pattern SECRET =
            Pattern.compile("(?i)\\b(password|passwd|secret|token|passphrase)(\\s*[=:]\\s*|\\s+is\\s+)\\S+");
    private static final Pattern PATH = Pattern.compile("(?<![\\w./:-])/[^\\s\"',;:()<>\\[\\]]+");
    private static final Pattern OF_THE_SYSTEM =
            Pattern.compile("/(dev|etc|proc|sys|usr|lib|bin|sbin|boot|run|var/(lib|log|cache)/entrain)(/.*)?");

    private final List<String> known;

    /**
     * Makes one.
     *
     * @param known texts that go wherever they stand, such as the name of the programme given; short ones are left
     */
    Scrub(List<String> known) {
        this.known =
                new ArrayList<>(known.stream().filter(text -> text.length() > 2).toList());
    }

    /** Returns the text without. */
    String clean(String text) {
        String clean = text;
        for (String each : known) {
            clean = clean.replace(each, "(removed)");
        }
        clean = PEM.matcher(clean).replaceAll("(key or certificate removed)");
        clean = USER_INFO.matcher(clean).replaceAll("");
        clean = MAIL.matcher(clean).replaceAll("(mail address removed)");
        clean = SECRET.matcher(clean).replaceAll("$1$2(removed)");
        clean = IDENTIFIER.matcher(clean).replaceAll("(id removed)");
        clean = LONG_CODE.matcher(clean).replaceAll("(code removed)");
        return PATH.matcher(clean).replaceAll(Scrub::path);
    }

    private static String path(MatchResult found) {
        return Matcher.quoteReplacement(
                OF_THE_SYSTEM.matcher(found.group()).matches() ? found.group() : "(path removed)");
    }
}
