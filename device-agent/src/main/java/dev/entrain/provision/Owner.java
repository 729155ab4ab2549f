package dev.entrain.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whoever the state folder belongs to owns all that is in it: root provisions, another user walks, and a key that root made
 * would be closed to the agent.
 */
final class Owner {
    private static final int MOST_FILES = 100_000;
    private static final int DEPTH = 6;

    private final Path stateDir;

    Owner(Path stateDir) {
        this.stateDir = stateDir;
    }

    /** Makes the folder, if it is missing, and the one of the identity, so that both have the right owner from the start. */
    void prepare() throws IOException {
        Files.createDirectories(stateDir);
        Path identity = stateDir.resolve("identity");
        if (!Files.exists(identity)) {
            Files.createDirectory(
                    identity, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        handOver();
    }

    /** Gives everything in the folder to its owner; nothing happens where it is so. */
    void handOver() throws IOException {
        PosixFileAttributes wanted = Files.readAttributes(stateDir, PosixFileAttributes.class);
        List<Path> all;
        try (Stream<Path> files = Files.walk(stateDir, DEPTH)) {
            all = files.limit(MOST_FILES).toList();
        }
        for (Path file : all) {
            PosixFileAttributeView view =
                    Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            PosixFileAttributes now = view.readAttributes();
            if (!now.owner().equals(wanted.owner())) {
                view.setOwner(wanted.owner());
                view.setGroup(wanted.group());
            }
        }
    }
}
