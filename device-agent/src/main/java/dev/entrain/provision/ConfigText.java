package dev.entrain.provision;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A configuration as text: values change, comments stay. Keys that stand there as a comment ({@code # tempo_spm = 100})
 * become keys. Only what provisioning chose is touched; what a technician wrote besides stays.
 */
final class ConfigText {
    private static final String EXAMPLE = "agent.example.toml";
    private static final Pattern TABLE = Pattern.compile("\\s*\\[([a-z_.]+)]\\s*(#.*)?");

    /** Key, value, and the comment after it; a value is a quoted text, an array on one line or a word. */
    private static final Pattern KEY = Pattern.compile(
            "(# )?([a-z_0-9]+)(\\s*)=\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|\\[[^\\]]*]|[^\\s#]+)(\\s*)(#.*)?");

    /** What is written without quotes. */
    private static final Set<String> PLAIN = Set.of(
            "baud", "rate_hz", "address", "enabled", "button", "music_button", "light", "shutdown_pct", "level_db_spl");

    /** Column at which the example has its comments. */
    private static final int COMMENT_COLUMN = 30;

    private final List<String> lines = new ArrayList<>();

    private ConfigText(String text) {
        lines.addAll(text.lines().toList());
    }

    /** Returns the text of the unit's configuration, else of the example, with what was chosen. */
    static String of(Bench bench) throws IOException {
        ConfigText text = new ConfigText(Files.exists(bench.config()) ? Files.readString(bench.config()) : example());
        text.set("", "state_dir", bench.stateDir().toString());
        if (begins(bench.draft(), "sensor.")) {
            for (String table : List.of("sensor.left", "sensor.right")) {
                if (begins(bench.draft(), table + ".")) {
                    text.offKeys(table);
                } else {
                    text.remove(table);
                }
            }
        }
        if (bench.draft().get(BoardWiring.ASKED) != null) {
            text.offKeys("board");
        }
        if (bench.draft().get("telemetry.enabled") != null) {
            for (String key : List.of("broker", "ca", "certificate", "key")) {
                text.off("telemetry", key);
            }
        }
        for (Map.Entry<String, String> chosen : bench.draft().all().entrySet()) {
            String key = chosen.getKey();
            int dot = key.lastIndexOf('.');
            if (dot > 0 && !key.startsWith("provision.")) {
                text.set(key.substring(0, dot), key.substring(dot + 1), chosen.getValue());
            }
        }
        return text.text();
    }

    static ConfigText parse(String text) {
        return new ConfigText(text);
    }

    private static String example() throws IOException {
        try (InputStream in = ConfigText.class.getResourceAsStream(EXAMPLE)) {
            if (in == null) {
                throw new IOException(EXAMPLE + " is not in the program; install it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** Sets a key of a table; {@code ""} is what stands before every table. */
    void set(String table, String key, String value) {
        String literal = literal(key, value);
        int start = start(table);
        if (start < 0) {
            lines.add("");
            lines.add("[" + table + "]");
            lines.add(key + " = " + literal);
            return;
        }
        int end = end(start);
        int at = find(start, end, key);
        if (at < 0) {
            int last = end;
            while (last > start && lines.get(last - 1).isBlank()) {
                last--;
            }
            lines.add(last, key + " = " + literal);
            return;
        }
        Matcher line = matcher(lines.get(at));
        String comment = line.group(6) == null ? "" : line.group(6);
        String begun = key + " = " + literal;
        lines.set(
                at,
                comment.isEmpty() ? begun : begun + " ".repeat(Math.max(2, COMMENT_COLUMN - begun.length())) + comment);
    }

    /** Turns a key into a comment; nothing happens where it is none. */
    void off(String table, String key) {
        int start = start(table);
        int at = start < 0 ? -1 : find(start, end(start), key);
        if (at >= 0 && !lines.get(at).startsWith("#")) {
            lines.set(at, "# " + lines.get(at));
        }
    }

    private static boolean begins(Draft draft, String prefix) {
        return draft.all().keySet().stream().anyMatch(key -> key.startsWith(prefix));
    }

    /** Turns every key of a table into a comment. */
    void offKeys(String table) {
        int start = start(table);
        for (int i = Math.max(0, start); start >= 0 && i < end(start); i++) {
            Matcher line = matcher(lines.get(i));
            if (line.matches() && line.group(1) == null) {
                lines.set(i, "# " + lines.get(i));
            }
        }
    }

    /** Takes a whole table out, with its comments; nothing happens where it is not. */
    void remove(String table) {
        int start = start(table);
        if (start < 0) {
            return;
        }
        int end = end(start);
        lines.subList(start - 1, end).clear();
        boolean blankTwice = start - 1 < lines.size()
                && start > 1
                && lines.get(start - 2).isBlank()
                && lines.get(start - 1).isBlank();
        if (blankTwice) {
            lines.remove(start - 1);
        }
    }

    /** Returns the first line after a table's name, or -1. */
    private int start(String table) {
        if (table.isEmpty()) {
            return 0;
        }
        for (int i = 0; i < lines.size(); i++) {
            Matcher name = TABLE.matcher(lines.get(i));
            if (name.matches() && name.group(1).equals(table)) {
                return i + 1;
            }
        }
        return -1;
    }

    /** Returns the line of the next table's name, or the end. */
    private int end(int start) {
        for (int i = start; i < lines.size(); i++) {
            if (TABLE.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        return lines.size();
    }

    /** Returns where a key stands: as one, else as a comment that shows it; -1 if neither. */
    private int find(int start, int end, String key) {
        int shown = -1;
        for (int i = start; i < end; i++) {
            Matcher line = matcher(lines.get(i));
            if (line.matches() && line.group(2).equals(key)) {
                if (line.group(1) == null) {
                    return i;
                }
                shown = i;
            }
        }
        return shown;
    }

    private static Matcher matcher(String line) {
        Matcher matcher = KEY.matcher(line);
        matcher.matches();
        return matcher;
    }

    private static String literal(String key, String value) {
        return PLAIN.contains(key) ? value : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
