package dev.entrain.clinic.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The clinic's configuration file (clinic.example.toml); an unknown table or key is an error. */
public final class ClinicFile {
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "broker", Set.of("uri", "group", "authority", "certificate", "key"),
            "database", Set.of("url", "user", "password_file", "embedded", "connections"),
            "web",
                    Set.of(
                            "listen",
                            "admin",
                            "public_url",
                            "certificate",
                            "key",
                            "trusted_proxy",
                            "insecure_loopback",
                            "dashboard",
                            "command_key"));

    private final String name;
    private final JsonNode tree;

    private ClinicFile(String name, JsonNode tree) {
        this.name = name;
        this.tree = tree;
    }

    /**
     * Reads a file, or stands for an empty one.
     *
     * @throws Refused if it can't be read, is no TOML, or has a key nobody knows
     */
    public static ClinicFile read(@Nullable Path file) throws Refused {
        TomlMapper toml = new TomlMapper();
        if (file == null) {
            return new ClinicFile("no file", toml.createObjectNode());
        }
        try {
            JsonNode tree = toml.readTree(Files.readString(file));
            ClinicFile read = new ClinicFile(file.toString(), tree);
            read.checkKeys();
            return read;
        } catch (JsonProcessingException e) {
            throw new Refused(file + " is no TOML: " + e.getOriginalMessage() + " (line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ")");
        } catch (IOException e) {
            throw new Refused(file + " can't be read: " + e.getMessage()
                    + ". Give another with --config; deploy/clinic/clinic.example.toml shows how it looks.");
        }
    }

    /** Returns a text, or null if it is not there. */
    public @Nullable String text(String table, String key) throws Refused {
        JsonNode value = tree.path(table).get(key);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw new Refused(name + ": [" + table + "] " + key + " must be a text in quotes");
        }
        return value.textValue();
    }

    /** Returns a whole number, or a default if it is not there. */
    public int whole(String table, String key, int otherwise) throws Refused {
        JsonNode value = tree.path(table).get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new Refused(name + ": [" + table + "] " + key + " must be a whole number");
        }
        return value.intValue();
    }

    /** Returns true or false, or a default if it is not there. */
    public boolean truth(String table, String key, boolean otherwise) throws Refused {
        JsonNode value = tree.path(table).get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw new Refused(name + ": [" + table + "] " + key + " must be true or false");
        }
        return value.booleanValue();
    }

    private void checkKeys() throws Refused {
        for (Map.Entry<String, JsonNode> table : tree.properties()) {
            Set<String> keys = KNOWN.get(table.getKey());
            if (keys == null || !table.getValue().isObject()) {
                throw new Refused(name + ": there is no table [" + table.getKey() + "]; there are "
                        + String.join(", ", KNOWN.keySet().stream().sorted().toList()));
            }
            for (Map.Entry<String, JsonNode> entry : table.getValue().properties()) {
                String key = entry.getKey();
                if (!keys.contains(key)) {
                    throw new Refused(name + ": [" + table.getKey() + "] has no key " + key + "; it has "
                            + String.join(", ", keys.stream().sorted().toList()));
                }
            }
        }
    }
}
