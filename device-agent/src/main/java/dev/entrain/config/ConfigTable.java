package dev.entrain.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    static ConfigTable read(Path file) throws ConfigException {
        if (!Files.isRegularFile(file)) {
            throw new ConfigException(file + (Files.exists(file) ? ": is no file" : ": no such file")
                    + "; copy deploy/agent.example.toml and name your copy with --config");
        }
        try {
            return new ConfigTable(file.toString(), "", TOML.readTree(withoutMark(Files.readString(file))));
        } catch (JsonProcessingException e) {
            throw new ConfigException(file + ":" + e.getLocation().getLineNr() + ": not TOML: "
                    + e.getOriginalMessage().lines().findFirst().orElse("") + "; correct this line");
        } catch (AccessDeniedException e) {
            throw new ConfigException(file + ": permission denied; change its owner or rights");
        } catch (CharacterCodingException e) {
            throw new ConfigException(file + ": not text; save it as UTF-8");
        } catch (IOException e) {
            throw new ConfigException(file + ": can't be read: " + e.getMessage());
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

    double number(String key, double low, double high, String unit, double otherwise) throws ConfigException {
        known.add(key);
        JsonNode value = node.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isNumber() || !(value.asDouble() >= low && value.asDouble() <= high)) {
            throw wrong(key, value, "a number from " + plain(low) + " to " + plain(high) + " (" + unit + ")");
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

    <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) throws ConfigException {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(e -> e.name().toLowerCase(Locale.ROOT))
                .toList();
        String chosen = text(
                key,
                String.join("|", names),
                "one of \"" + String.join("\", \"", names) + "\"",
                otherwise.name().toLowerCase(Locale.ROOT));
        return Enum.valueOf(type, chosen.toUpperCase(Locale.ROOT));
    }

    ConfigException missing(String key, String meaning) {
        return new ConfigException(file + ": " + path + key + " is missing: expected " + meaning + "; add it");
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

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
