package dev.entrain.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One table of a TOML file, read key by key. Whatever was not asked for by the time of {@link #end} is an unknown key, so
 * the keys a table may have are written once: where they are read.
 */
final class ConfigTable {
    private static final TomlMapper TOML = new TomlMapper();

    private final String file;
    private final String path;
    private final JsonNode node;
    private final Set<String> known = new LinkedHashSet<>();

    private ConfigTable(String file, String path, JsonNode node) {
        this.file = file;
        this.path = path;
        this.node = node;
    }

    /**
     * Reads a file.
     *
     * @param remedy what to do if there is none
     */
    static ConfigTable read(Path file, String remedy) throws ConfigException {
        return parse(file.toString(), text(file, remedy));
    }

    /** Returns the text of a file; see {@link #read}. */
    static String text(Path file, String remedy) throws ConfigException {
        if (!Files.isRegularFile(file)) {
            throw new ConfigException(file + (Files.exists(file) ? ": is no file" : ": no such file") + "; " + remedy);
        }
        try {
            return Files.readString(file);
        } catch (AccessDeniedException e) {
            throw new ConfigException(file + ": permission denied; change its owner or rights");
        } catch (CharacterCodingException e) {
            throw new ConfigException(file + ": not text; save it as UTF-8");
        } catch (IOException e) {
            throw new ConfigException(file + ": can't be read: " + e.getMessage());
        }
    }

    /**
     * Reads text.
     *
     * @param file where it is from, for messages
     */
    static ConfigTable parse(String file, String text) throws ConfigException {
        try {
            return new ConfigTable(file, "", TOML.readTree(withoutMark(text)));
        } catch (JsonProcessingException e) {
            throw new ConfigException(file + ":" + e.getLocation().getLineNr() + ": not TOML: "
                    + e.getOriginalMessage().lines().findFirst().orElse("") + "; correct this line");
        }
    }

    /** Some editors begin UTF-8 with a byte order mark. */
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    boolean has(String key) {
        known.add(key);
        return node.has(key);
    }

    ConfigTable table(String key) throws ConfigException {
        known.add(key);
        JsonNode child = node.has(key) ? node.get(key) : TOML.createObjectNode();
        if (!child.isObject()) {
            throw wrong(key, child, "a table [" + path + key + "]");
        }
        return new ConfigTable(file, path + key + ".", child);
    }

    /**
     * Returns the tables of an array, written {@code [[key]]}, in order; none if there is none. They are called by their
     * place from 1 and by their text {@code name}, such as "block 3 (match)".
     */
    List<ConfigTable> tables(String key, String name) throws ConfigException {
        known.add(key);
        JsonNode array = node.has(key) ? node.get(key) : TOML.createArrayNode();
        List<ConfigTable> tables = new ArrayList<>();
        for (JsonNode child : array) {
            if (!child.isObject()) {
                break;
            }
            JsonNode called = child.path(name);
            tables.add(new ConfigTable(
                    file,
                    path + key + " " + (tables.size() + 1) + (called.isTextual() ? " (" + called.asText() + ")" : "")
                            + ": ",
                    child));
        }
        if (!array.isArray() || tables.size() < array.size()) {
            throw wrong(key, array, "tables [[" + key + "]]");
        }
        return tables;
    }

    /** Like {@link #number}, of a key that must be there. */
    double number(String key, double low, double high, String unit) throws ConfigException {
        if (!node.has(key)) {
            throw missing(key, numbers(low, high, unit));
        }
        return number(key, low, high, unit, Double.NaN);
    }

    double number(String key, double low, double high, String unit, double otherwise) throws ConfigException {
        known.add(key);
        JsonNode value = node.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isNumber() || !(value.asDouble() >= low && value.asDouble() <= high)) {
            throw wrong(key, value, numbers(low, high, unit));
        }
        return value.asDouble();
    }

    int whole(String key, int low, int high, String unit, int otherwise) throws ConfigException {
        double value = number(key, low, high, unit, otherwise);
        if (value != Math.rint(value)) {
            throw wrong(key, node.get(key), "a whole number from " + low + " to " + high + " (" + unit + ")");
        }
        return (int) value;
    }

    boolean flag(String key, boolean otherwise) throws ConfigException {
        known.add(key);
        JsonNode value = node.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw wrong(key, value, "true or false");
        }
        return value.asBoolean();
    }

    /** Returns text that fully matches a pattern; {@code meaning} says so in words. */
    String text(String key, String pattern, String meaning, String otherwise) throws ConfigException {
        known.add(key);
        JsonNode value = node.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isTextual() || !value.asText().matches(pattern)) {
            throw wrong(key, value, meaning);
        }
        return value.asText();
    }

    /** Like the other, of a key that must be there. */
    String text(String key, String pattern, String meaning) throws ConfigException {
        if (!node.has(key)) {
            throw missing(key, meaning);
        }
        return text(key, pattern, meaning, "");
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) throws ConfigException {
        known.add(key);
        return node.has(key) ? choice(key, type) : otherwise;
    }

    /** Like the other, of a key that must be there. */
    <E extends Enum<E>> E choice(String key, Class<E> type) throws ConfigException {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(ConfigTable::word).toList();
        String chosen = text(key, String.join("|", names), "one of \"" + String.join("\", \"", names) + "\"");
        return Enum.valueOf(type, chosen.toUpperCase(Locale.ROOT));
    }

    /** Returns how a file spells a constant. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    ConfigException missing(String key, String meaning) {
        return new ConfigException(file + ": " + path + key + " is missing: expected " + meaning + "; add it");
    }

    /** Returns what to say of this table as a whole. */
    ConfigException contrary(String sentence) {
        return new ConfigException(file + ": " + path + sentence);
    }

    /** Ends the reading of this table. */
    void end() throws ConfigException {
        Iterator<String> names = node.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new ConfigException(file + ": unknown key " + path + name + "; known here: "
                        + String.join(", ", known) + "; correct or remove it");
            }
        }
    }

    private ConfigException wrong(String key, JsonNode value, String expected) {
        return new ConfigException(
                file + ": " + path + key + " = " + value + ": expected " + expected + "; correct it");
    }

    private static String numbers(double low, double high, String unit) {
        return "a number from " + plain(low) + " to " + plain(high) + " (" + unit + ")";
    }

    /** Returns a number as a person would write it. */
    static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
