package dev.entrain.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * How the running agent does, for other processes: {@code status.json} in the folder the service manager gives (systemd's
 * {@code RuntimeDirectory=}, which lies in memory), replaced whole once a second, removed at the end. Used by one thread.
 */
public final class StatusFile implements AutoCloseable {
    /** Name of the file. */
    public static final String NAME = "status.json";

    /** Version of its layout: grows when a field changes its meaning or goes, not when one comes. */
    public static final int SCHEMA = 1;

    /** systemd's variable: one folder, or several with colons between. */
    static final String VARIABLE = "RUNTIME_DIRECTORY";

    private static final Path PACKAGED = Path.of("/run/entrain", NAME);
    private static final long EVERY_NS = 1_000_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final String bootId;
    private final long startedNs;
    private long nextNs;
    private boolean refused;

    /**
     * Writes nothing yet.
     *
     * @param file to write; its folder must exist
     * @param bootId of this start of the machine
     * @param clock CLOCK_MONOTONIC; its present is when the agent started
     */
    public StatusFile(Path file, String bootId, NanoClock clock) {
        this.file = file;
        this.bootId = bootId;
        startedNs = clock.nowNs();
        nextNs = startedNs;
    }

    /**
     * Returns where a running agent writes its status; null where nobody gave it a folder.
     *
     * @param environment of the agent's process
     */
    public static @Nullable Path ofAgent(Map<String, String> environment) {
        String given = environment.getOrDefault(VARIABLE, "");
        return given.isEmpty() ? null : Path.of(given.split(":", 2)[0], NAME);
    }

    /**
     * Returns where others look for it: where the package lets the agent write it, unless a folder was given.
     *
     * @param environment of the looking process
     */
    public static Path ofOthers(Map<String, String> environment) {
        Path given = ofAgent(environment);
        return given == null ? PACKAGED : given;
    }

    /** Writes the status if a second is over; call about twice a second. A disk that refuses is told once. */
    public void look(LiveAgent agent, long nowNs) {
        if (nowNs - nextNs >= 0) {
            nextNs = nowNs + EVERY_NS;
            write(agent.report().json(), nowNs);
        }
    }

    void write(ObjectNode status, long nowNs) {
        status.put("schema", SCHEMA);
        status.put("boot_id", bootId);
        status.put("written_ns", nowNs);
        status.put("started_ns", startedNs);
        Path fresh = file.resolveSibling(NAME + ".new");
        try {
            Files.write(fresh, JSON.writeValueAsBytes(status));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            refused = false;
        } catch (IOException e) {
            if (!refused) {
                refused = true;
                Logger.warn("{}: the unit's status can't be written ({}); doctor and status will not see it", file, e);
            }
        }
    }

    /** The agent ends: nobody shall take its last words for news. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            Logger.trace("{}: can't be removed; it is old news in a few seconds ({})", file, e.getMessage());
        }
    }
}
