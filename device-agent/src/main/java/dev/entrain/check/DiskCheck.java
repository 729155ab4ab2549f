package dev.entrain.check;

import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.RawFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether walks can be kept: the state folder, its space, its wear. Writes nothing. */
public final class DiskCheck implements Check {
    private static final String AREA = "disk";
    private static final long LEAST_FREE_BYTES = 16L << 20;

    /** Calibrations, certificates, one update of the package. */
    private static final long SPARE_BYTES = 100L << 20;

    private final Path stateDir;
    private final JournalLimits limits;
    private final String agentUser;
    private final SystemFiles files;
    private final FreeSpace space;

    /** Tells how much room there is. */
    @FunctionalInterface
    interface FreeSpace {
        long bytesAt(Path folder) throws IOException;
    }

    /**
     * Makes one.
     *
     * @param stateDir the unit's state folder
     * @param limits what it may grow to
     * @param agentUser who must be able to write there; empty for whoever runs this
     */
    public DiskCheck(Path stateDir, JournalLimits limits, String agentUser, SystemFiles files) {
        this(
                stateDir,
                limits,
                agentUser,
                files,
                folder -> Files.getFileStore(folder).getUsableSpace());
    }

    DiskCheck(Path stateDir, JournalLimits limits, String agentUser, SystemFiles files, FreeSpace space) {
        this.stateDir = stateDir;
        this.limits = limits;
        this.agentUser = agentUser;
        this.files = files;
        this.space = space;
    }

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        @Nullable Mount state = Mount.of(stateDir, files);
        Finding folder = folder(state);
        findings.add(folder);
        if (Files.isDirectory(stateDir)) {
            findings.add(room());
        }
        findings.add(root());
        new DiskWear(state, files).look(findings);
        return findings;
    }

    private Finding folder(@Nullable Mount mount) {
        String who = agentUser.isEmpty() ? "this user" : agentUser;
        if (!Files.isDirectory(stateDir)) {
            boolean hidden = !Files.isReadable(Objects.requireNonNullElse(stateDir.getParent(), stateDir));
            return agentUser.isEmpty() && !hidden
                    ? Finding.ok(AREA, "state folder", stateDir + ": made at the first start")
                    : Finding.fail(
                            AREA,
                            "state folder",
                            stateDir + (hidden ? ": can't be seen" : ": does not exist"),
                            hidden
                                    ? "Run this as root (sudo)"
                                    : "sudo install -d -o " + who + " -g " + who + " -m 0750 " + stateDir);
        }
        if (mount != null && mount.readOnly()) {
            return Finding.fail(
                    AREA,
                    "state folder",
                    stateDir + " is on " + mount.source() + ", mounted read-only",
                    "After a fault the kernel stops writing: see `dmesg`, check or exchange the card; if it is meant to be"
                            + " read-only, give the state a partition of its own");
        }
        try {
            String owner = Files.getOwner(stateDir).getName();
            if (!agentUser.isEmpty() && !owner.equals(agentUser)) {
                return Finding.fail(
                        AREA,
                        "state folder",
                        stateDir + " belongs to " + owner + "; the agent runs as " + agentUser
                                + " and can't write there",
                        "sudo chown -R " + agentUser + ": " + stateDir);
            }
        } catch (IOException e) {
            return Finding.fail(AREA, "state folder", stateDir + ": " + e.getMessage(), "Run this as root (sudo)");
        }
        // Whoever owns it may write it; whether this user may is another matter where somebody else is the agent.
        return agentUser.isEmpty() && !Files.isWritable(stateDir)
                ? Finding.fail(
                        AREA,
                        "state folder",
                        stateDir + ": no permission to write",
                        "Run this as root or as the user of the agent; if the agent itself can't: sudo chown -R USER: "
                                + stateDir)
                : Finding.ok(AREA, "state folder", stateDir.toString());
    }

    private Finding room() {
        try {
            long free = space.bytesAt(stateDir);
            long used = used();
            long mayGrow = Math.max(0, limits.maxBytes() + limits.rawMaxBytes() - used);
            String value = Figures.bytes(free) + " free; walks take " + Figures.bytes(used) + " and may take "
                    + Figures.bytes(mayGrow) + " more";
            String step =
                    "Free some space: remove what is not Entrain's (du -xh / | sort -h), or lower [journal] quota_mb";
            if (free < LEAST_FREE_BYTES) {
                return Finding.fail(AREA, "space", value, step);
            }
            return free < mayGrow + SPARE_BYTES
                    ? Finding.warn(AREA, "space", value, step)
                    : Finding.ok(AREA, "space", value);
        } catch (IOException e) {
            return Finding.fail(
                    AREA, "space", "can't be told: " + e.getMessage(), "See `df " + stateDir + "` and `dmesg`");
        }
    }

    private long used() throws IOException {
        long bytes = new RawFolder(stateDir).bytes();
        for (String name : List.of("journal.db", "journal.db-wal", "journal.room")) {
            Path file = stateDir.resolve(name);
            bytes += Files.exists(file) ? Files.size(file) : 0;
        }
        return bytes;
    }

    private Finding root() {
        @Nullable Mount root = Mount.of(Path.of("/"), files);
        if (root == null) {
            return Finding.skipped(AREA, "root", "not told here");
        }
        return Finding.ok(
                AREA,
                "root",
                root.source() + (root.readOnly() ? ", read-only: a power cut can't harm it" : ", can be written"));
    }
}
