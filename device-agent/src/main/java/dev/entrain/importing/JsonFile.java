package dev.entrain.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what stands beside a recording as JSON and tells exactly what is wrong with it. */
final class JsonFile {
    private static final long LARGEST_BYTES = 16 << 20;

    private final Path file;
    private final JsonNode root;

    /**
     * Reads a file.
     *
     * @throws ImportException if it is missing, too large or no JSON
     */
    JsonFile(Path file) throws IOException {
        this.file = file;
        if (!Files.isRegularFile(file)) {
            throw new ImportException(file + ": missing; download the dataset again and unpack all of it");
        }
        if (Files.size(file) > LARGEST_BYTES) {
            throw new ImportException(file + ": larger than any description of a trial; is this the right file?");
        }
        try {
            root = new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new ImportException(
                    file + ":" + line + ": expected JSON; the file may be cut or damaged: download it again");
        }
        if (!root.isObject()) {
            throw new ImportException(file + ": expected one JSON object; is this the file the dataset describes?");
        }
    }

    /** Returns whether the file says something under a key. */
    boolean has(String key) {
        return root.hasNonNull(key);
    }

    /** Returns a text or number as text. */
    String text(String key) throws ImportException {
        JsonNode node = root.path(key);
        if (!node.isValueNode() || node.isNull()) {
            throw wrong(key, "a text");
        }
        return node.asText();
    }

    /** Returns a number. */
    double number(String key) throws ImportException {
        JsonNode node = root.path(key);
        if (!node.isNumber()) {
            throw wrong(key, "a number");
        }
        return node.asDouble();
    }

    /** Returns a pair of whole numbers [start, end]. */
    long[] pair(String key) throws ImportException {
        return pair(key, root.path(key));
    }

    /** Returns a list of pairs [[start, end], ...]. */
    List<long[]> pairs(String key) throws ImportException {
        JsonNode list = root.path(key);
        if (!list.isArray()) {
            throw wrong(key, "a list of [start, end]");
        }
        List<long[]> pairs = new ArrayList<>();
        for (JsonNode item : list) {
            pairs.add(pair(key, item));
        }
        return pairs;
    }

    private long[] pair(String key, JsonNode node) throws ImportException {
        if (!node.isArray() || node.size() != 2 || !isWhole(node.get(0)) || !isWhole(node.get(1))) {
            throw wrong(key, "[start, end] in whole samples, end after start");
        }
        long[] pair = {node.get(0).asLong(), node.get(1).asLong()};
        if (pair[1] <= pair[0]) {
            throw wrong(key, "[start, end] with end after start, found " + node);
        }
        return pair;
    }

    private static boolean isWhole(JsonNode node) {
        return node.isNumber() && node.asDouble() == Math.rint(node.asDouble());
    }

    private ImportException wrong(String key, String expected) {
        return new ImportException(file + ": expected " + expected + " under \"" + key
                + "\"; the file may be damaged or of another version: download it again");
    }
}
