package dev.entrain.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.journal.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * {@code orders/} in the unit's folder: one file for each kind of order and one for the newest command, each replaced as a
 * whole, so that it is the old or the new one whenever the power goes. Not thread-safe.
 */
final class OrderShelf {
    private static final int FORMAT = 1;
    private static final String COMMAND_FILE = "cmd.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    OrderShelf(Path stateDir) {
        folder = stateDir.resolve("orders");
    }

    /** Returns what is kept; nothing if there is no file, or a damaged one, which is told and set aside. */
    Kept kept(OrderKind kind) {
        JsonNode root = read(kind.leaf() + ".json");
        if (root == null) {
            return Kept.NOTHING;
        }
        JsonNode failed = root.path("failed");
        return new Kept(
                root.path("floor_rev").asLong(),
                root.path("floor_sha256").asText(),
                order(root.path("wanted")),
                order(root.path("good")),
                root.path("tries").asInt(),
                failed.isObject()
                        ? new Kept.Failed(
                                failed.path("rev").asLong(),
                                failed.path("reason").asText())
                        : null);
    }

    /** Keeps it; it is on the disk when this returns. */
    void keep(OrderKind kind, Kept kept) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("floor_rev", kept.floorRev());
        root.put("floor_sha256", kept.floorSha256());
        put(root, "wanted", kept.wanted());
        put(root, "good", kept.good());
        root.put("tries", kept.tries());
        Kept.Failed failed = kept.failed();
        if (failed != null) {
            root.putObject("failed").put("rev", failed.rev()).put("reason", failed.reason());
        }
        write(kind.leaf() + ".json", root);
    }

    /** Returns the number of the newest command of a boot; 0 for none. */
    long newestCommand(String boot) {
        JsonNode root = read(COMMAND_FILE);
        return root != null && root.path("boot").asText().equals(boot)
                ? root.path("id").asLong()
                : 0;
    }

    /** Keeps the number of a command; it is on the disk when this returns. */
    void keepCommand(String boot, long id) throws IOException {
        write(
                COMMAND_FILE,
                JSON.createObjectNode().put("format", FORMAT).put("boot", boot).put("id", id));
    }

    private static @Nullable Order order(JsonNode node) {
        return node.isObject()
                ? new Order(
                        node.path("rev").asLong(),
                        node.path("sha256").asText(),
                        node.path("body").asText())
                : null;
    }

    private static void put(ObjectNode root, String name, @Nullable Order order) {
        if (order != null) {
            root.putObject(name)
                    .put("rev", order.rev())
                    .put("sha256", order.sha256())
                    .put("body", order.body());
        }
    }

    private @Nullable JsonNode read(String name) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            JsonNode root = JSON.readTree(Files.readString(file));
            if (root.path("format").asInt() != FORMAT) {
                throw new IOException("it is of another format");
            }
            return root;
        } catch (IOException e) {
            Logger.warn(
                    "{} can't be read ({}); it is set aside and the unit's own configuration holds. Let the clinic send its"
                            + " prescription and settings again.",
                    file,
                    e.getMessage());
            setAside(file);
            return null;
        }
    }

    private static void setAside(Path file) {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".bad"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Logger.warn("{} can't be set aside: {}", file, e.toString());
        }
    }

    private void write(String name, JsonNode root) throws IOException {
        Files.createDirectories(folder);
        WholeFile.replace(
                folder.resolve(name), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }
}
